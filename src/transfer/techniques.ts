import { mmapWrite } from './mmap-write.ts';
import type { Technique } from './mover.ts';
import { readWrite } from './read-write.ts';
import { sendfile } from './sendfile.ts';
import { splice } from './splice.ts';

/** Every technique, in the order in which reports list them; each has a path model of the same name. */
export const techniques: readonly Technique[] = [readWrite, mmapWrite, sendfile, splice];
