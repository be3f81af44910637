/** What a broker holds for each segment of a log: a descriptor and two mapped indexes, however it sends the log. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Descriptor, Mapping, open, pageSize, receiveAll, socketPair } from '#libc';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import type { Technique } from '#transfer/mover.ts';
import type { Task } from '../task.ts';

/** Opens that many segments, sends a page of each, and counts what the process holds for each of them. */
export function holdSegments(technique: Technique, segments: number): Task {
  return ({ folder }) => {
    const page = pageSize();
    const log = join(folder, 'segment.log');
    const index = join(folder, 'segment.index');
    for (const path of [log, index]) writeFileSync(path, Buffer.alloc(page));
    const stack = new DisposableStack();
    const [sender, receiver] = socketPair().map((end) => stack.use(end)) as [Descriptor, Descriptor];
    return {
      run() {
        const before = held();
        for (let at = 0; at < segments; at++) {
          const file = stack.use(open(log));
          for (let maps = 0; maps < 2; maps++) {
            // A mapping keeps its file: the descriptor of an index is closed at once.
            using mapped = open(index);
            stack.use(Mapping.ofFile(mapped.fd, 0, page));
          }
          using mover = technique.open({ fd: file.fd, bytes: page }, sender, page);
          sendBlocking(mover, sender, 0, page);
          receiveAll(receiver.fd, page);
        }
        const after = held();
        return {
          bytes: segments * page,
          check: `${segments} segments`,
          extra: {
            areasPerSegment: round((after.areas - before.areas) / segments),
            descriptorsPerSegment: round((after.descriptors - before.descriptors) / segments),
          },
        };
      },
      [Symbol.dispose]: () => stack.dispose(),
    };
  };
}

/** The runtime maps and opens a few for itself meanwhile. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function held(): { areas: number; descriptors: number } {
  return {
    areas: readFileSync('/proc/self/maps', 'utf8').split('\n').length,
    descriptors: readdirSync('/proc/self/fd').length,
  };
}
