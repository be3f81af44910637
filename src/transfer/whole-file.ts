import { MAX_CALL_BYTES } from '#model/paths/path.ts';
import type { Technique } from './mover.ts';

/** The same technique, asked for as much as one call takes, whatever the chunk: for paths that have no buffer to size. */
export function wholeFile(technique: Technique): Technique {
  return { id: technique.id, open: (source, sink) => technique.open(source, sink, MAX_CALL_BYTES) };
}
