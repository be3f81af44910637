/** The fetch paths by name. Each file differs in one idea; everything else about a response is the same for all. */
import { copying } from './copying.ts';
import { mapped } from './mapped.ts';
import type { FetchPath, FetchPathName } from './path.ts';
import { sendfile } from './sendfile.ts';

export type { FetchPath, FetchPathName, SliceSender } from './path.ts';

export const fetchPaths: Readonly<Record<FetchPathName, () => FetchPath>> = { copying, mapped, sendfile };
