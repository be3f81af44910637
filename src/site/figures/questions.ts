/** What articles ask of a lab's result beside the lab's own question: answers of the same shapes, to be shown by `Answer` and `AnswerText`. */
import type { Answer } from '#model/catalogue.ts';

export interface Question {
  readonly lab: string;
  readonly answer: Answer;
}

/** scatter-gather: what the network carries, by two ways of sending the same file. */
export const onTheWire: Question = {
  lab: 'scatter-gather',
  answer: {
    shape: 'facts',
    columns: ['extra.wirePackets', 'extra.wireBytes'],
    says: '{sendfile[link=veth].extra.wireBytes} in {sendfile[link=veth].extra.wirePackets} packets by sendfile, {read-write[link=veth].extra.wireBytes} in {read-write[link=veth].extra.wirePackets} packets by copying.',
  },
};

/** index-lookup: how much of an index a lookup near its end needs in memory. */
export const pagesOfALookup: Question = {
  lab: 'index-lookup',
  answer: {
    shape: 'facts',
    columns: ['extra.pagesPerLookup', 'extra.pages'],
    says: 'a lookup near the end touches {mmap[lookups=near the end,index=warm].extra.pagesPerLookup} pages when the whole index is halved, and {mmap-warm-first[lookups=near the end,index=warm].extra.pagesPerLookup} when its last 8 KiB come first.',
  },
};

/** buffer-size: what a batch saves, and what zero copy saves beside it. */
export const batchAndCopy: Question = {
  lab: 'buffer-size',
  answer: {
    shape: 'facts',
    columns: ['totalCpuNs'],
    says: 'the same bytes over loopback took {read-write[chunk=1024].totalCpuNs} of CPU in calls of 1 KiB, {read-write[chunk=65536].totalCpuNs} in calls of 64 KiB, and {sendfile[chunk=65536].totalCpuNs} when these did not copy.',
  },
};

/** sequential-read: what order, reading ahead and the size of requests each do for a file that is on the disk. */
export const orderOrAhead: Question = {
  lab: 'sequential-read',
  answer: {
    shape: 'facts',
    columns: ['wallNs'],
    says: 'a file came from the disk in {sequential[does=reading].wallNs} in order, in {random[does=reading].wallNs} at random, in {sequential-no-readahead[does=reading].wallNs} in order with nothing read ahead, and in {direct-random-1m[does=reading].wallNs} at random by large requests.',
  },
};

/** sequential-read: what waits in memory when an append has returned. */
export const dirtyAfterWriting: Question = {
  lab: 'sequential-read',
  answer: {
    shape: 'facts',
    columns: ['extra.dirtyBytes', 'extra.leftDirtyBytes'],
    says: 'of what was written, {sequential[does=writing].extra.dirtyBytes} were in memory only, and {sequential[does=writing].extra.leftDirtyBytes} after fsync.',
  },
};
