/** What an alarm on memory sees when a file is read once: MemFree and MemAvailable, proc_meminfo(5). */
import { join } from 'node:path';
import { Mapping, open, pread } from '#libc';
import { meminfo } from '#machine/facts.ts';
import { evict } from '../source-file.ts';
import type { Task } from '../task.ts';

/** Reads a file that was not in memory, and looks at both before and after. `source.bin` was made before. */
export const readOnce: Task = ({ folder }) => {
  const path = join(folder, 'source.bin');
  evict(path);
  const stack = new DisposableStack();
  const file = stack.use(open(path));
  const buffer = stack.use(Mapping.anonymous(2 ** 20));
  buffer.view().fill(0);
  return {
    run() {
      const [free, available] = [meminfo('MemFree'), meminfo('MemAvailable')];
      let readBytes = 0;
      for (;;) {
        const got = pread(file.fd, buffer.address, buffer.length, readBytes);
        if (got <= 0) break;
        readBytes += got;
      }
      return {
        bytes: readBytes,
        check: `${readBytes} bytes`,
        extra: {
          readBytes,
          usedMoreBytes: free - meminfo('MemFree'),
          availableLessBytes: available - meminfo('MemAvailable'),
        },
      };
    },
    [Symbol.dispose]: () => stack.dispose(),
  };
};
