/** What a broker was seen to do with the files of a topic while it was traced. */
import type { Tally } from '#model/tally.ts';
import { referencedBytes } from '#model/tally.ts';

/** Numbers for a lab's samples; bytes of the topic's log files only. */
export interface TracedFetches {
  readonly sendfileCalls: number;
  /** That went into sockets by page reference. */
  readonly sendfileBytes: number;
  /** That went into sockets as they were, by any call. */
  readonly flowBytes: number;
  /** That the broker read into its own memory. */
  readonly logReadBytes: number;
  /** Everything that the broker wrote into sockets from its memory. */
  readonly memoryBytes: number;
}

/** @param topic folder of the partition is `<topic>-0` */
export function tracedFetches({ flows, reads, sockets }: Tally, topic: string): TracedFetches {
  const isLog = (file: string) => file.includes(`/${topic}-0/`) && file.endsWith('.log');
  const own = flows.filter(({ file }) => isLog(file));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    sendfileCalls: sum(own.map(({ calls }) => calls.sendfile ?? 0)),
    sendfileBytes: sum(own.map(referencedBytes)),
    flowBytes: sum(own.map(({ bytes }) => bytes)),
    logReadBytes: sum(reads.filter(({ file }) => isLog(file)).map(({ bytes }) => bytes)),
    memoryBytes: sum(sockets.map(({ fromMemory }) => fromMemory)),
  };
}
