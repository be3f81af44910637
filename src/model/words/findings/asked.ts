/** What a learner's function was asked, for the beginning of a sentence. */
import type { AnswerKind, Finding } from '../../finding.ts';
import { formatCount } from '../units.ts';

type Args = Finding['args'];

const questions: Record<AnswerKind, (args: Args) => string> = {
  'predict-calls': ({ fileBytes, bufferBytes, takesBytes }) =>
    `A file of ${bytes(fileBytes)}, a buffer of ${bytes(bufferBytes)}, and a receiver that takes at most ${bytes(takesBytes)} a call`,
  'shared-pages': ({ bytes: size, way }) => `A file of ${bytes(size)} that went ${ways[String(way)] ?? String(way)}`,
  'index-lookup': ({ entries, target }) =>
    `An index of ${formatCount(Number(entries))} ${Number(entries) === 1 ? 'entry' : 'entries'}${target === undefined ? '' : `, target ${formatCount(Number(target))}`}`,
  readahead: ({ reads, pages, advice }) =>
    `Reads of ${formatCount(Number(reads))} ${Number(reads) === 1 ? 'page' : 'pages'} (${pages}), advice '${advice}'`,
  segment: ({ batches, baseOffset, offset }) =>
    `A segment of ${formatCount(Number(batches))} ${Number(batches) === 1 ? 'batch' : 'batches'} from offset ${formatCount(Number(baseOffset))} on${offset === undefined ? '' : `, asked for offset ${formatCount(Number(offset))}`}`,
  choice: ({ situation }) => (situation === undefined ? 'Your answers' : `'${situation}'`),
};

/** How a transfer went whose way the learner's function was not told. */
const ways: Readonly<Record<string, string>> = {
  sendfile: 'by sendfile',
  'read-write': 'by read and write',
  splice: 'by splice, through a pipe',
  'mmap-write': 'by write from a mapping',
  half: 'half by read and write, half by sendfile',
  drained: 'by sendfile to somebody who passed a copy on at once',
};

/** `A file of 65,537 bytes, a buffer of 4,096 bytes`. */
export function asked(args: Args): string {
  return questions[args.task as AnswerKind](args);
}

function bytes(value: string | number | undefined): string {
  return Number(value) === 1 ? '1 byte' : `${formatCount(Number(value ?? 0))} bytes`;
}
