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
