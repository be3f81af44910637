/** Which calls a traced program makes on one file. */
import { type Call, namedDescriptor } from '#proof/calls/index.ts';

export interface CallsOnFile {
  /** Calls that copy out of it, by name. */
  readonly reads: Readonly<Record<string, number>>;
  /** How often it was mapped. */
  readonly maps: number;
}

const reading = /^(p?readv?2?|pread64|sendfile(64)?|splice)$/;

/** A watcher of calls, and what it has counted so far. */
export function callsOnFile(path: string): { readonly count: (call: Call) => void; readonly calls: CallsOnFile } {
  const calls = { reads: {} as Record<string, number>, maps: 0 };
  const count = ({ name, args, result }: Call) => {
    if (result === null || result < 0) return;
    if (name === 'mmap' && namedDescriptor(args[4])?.name === path) calls.maps++;
    if (!reading.test(name) || !args.some((arg) => namedDescriptor(arg)?.name === path)) return;
    const plain = name.replace(/64$/, '');
    calls.reads[plain] = (calls.reads[plain] ?? 0) + 1;
  };
  return { count, calls };
}
