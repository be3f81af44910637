/** What a learner's function answered, against what was counted here. */
import type { AnswerCode, AnswerKind } from '../../finding.ts';
import { ofChoice } from './choice.ts';
import { ofCount } from './counted.ts';
import { count, exact, notDefined, type Sayings, where } from './sentence.ts';

/** What a function of that kind must return. */
const shapes: Record<AnswerKind, string> = {
  'predict-calls': '{ reads, writes }, two whole numbers',
  'shared-pages': 'a whole number of bytes',
  'index-lookup': 'a position, a whole number',
  segment: 'a position, a whole number',
  choice: 'an object with a technique and a quantity for each situation',
  readahead: "'exact' or 'more' from the prediction, and a number of pages from the proof",
};

export const ofAnswer: Sayings<AnswerCode> = {
  ...ofCount,
  ...ofChoice,
  'answer-threw': {
    name: 'an error where an answer was due',
    say: (args) => ({
      seen: `${where(args)}expected an answer, and your function threw "${args.message}".`,
      look: notDefined(args) ?? 'Look at the line that the message names, and at what it was given.',
    }),
  },
  'answer-hangs': {
    name: 'no answer',
    say: (args) => ({
      seen: `${where(args)}expected an answer, and your function did not come back.`,
      look: 'Is there a loop whose condition never becomes false, or a call that waits for bytes that nobody sends?',
    }),
  },
  'answer-ends': {
    name: 'ended the process',
    say: (args) => ({
      seen: `${where(args)}expected an answer, and the process ended (${args.how}).`,
      look: /SIGBUS|SIGSEGV/.test(String(args.how))
        ? 'SIGBUS is a mapping that was touched where the file has no page; SIGSEGV an address that is not mapped any more.'
        : 'Return from the function; process.exit ends the check with it.',
    }),
  },
  'answer-shape': {
    name: 'an answer of another kind',
    say: (args) => ({
      seen: `${where(args)}expected ${shapes[args.task as AnswerKind]}, and your function answered ${args.answered}.`,
      look: 'The starter says what the function returns.',
    }),
  },
  'prediction-differs': {
    name: 'calls that were not predicted',
    say: (args) => ({
      seen: `${where(args)}the loop made ${count(args.counted)} ${args.call} ${Number(args.counted) === 1 ? 'call' : 'calls'}, and you predicted ${count(args.predicted)}.`,
      look:
        args.call === 'read'
          ? 'Go through the loop by hand for a small file: which read tells it that it is done?'
          : 'Go through the inner loop by hand: how many writes does one full buffer take, and how many the last one?',
    }),
  },
  'not-one-transfer': {
    name: 'transfers that were not made once',
    say: (args) => ({
      seen: `${where(args)}expected your function to have it sent once, and it did so ${Number(args.transfers) === 0 ? 'never' : `${count(args.transfers)} times`}.`,
      look: 'Call transfer() once: it sends the whole file and then ends its side of the connection.',
    }),
  },
  'evidence-differs': {
    name: "how many bytes were still the file's own",
    say: (args) => ({
      seen: `${where(args)}${count(args.changed)} of ${exact(args.payload)} arrive as the file is after it was overwritten, and your function answered ${count(args.answered)}.`,
      look:
        Number(args.answered) === 0
          ? 'Pages that were queued change with the file: overwrite them where they lie, before anything is received, and not by making the file anew.'
          : 'Compare every byte that was received: some may have been copied, and others not.',
    }),
  },
  'not-overwritten': {
    name: 'a file that was not overwritten',
    say: (args) => ({
      seen: `${where(args)}your function's answer is right, and it is no evidence: of ${exact(args.payload)} of the file it overwrote ${count(args.overwritten)}.`,
      look: 'A byte that was not overwritten says nothing about whose it is: overwrite all of them, with something that the file did not hold.',
    }),
  },
  'not-received': {
    name: 'bytes that nobody looked at',
    say: (args) => ({
      seen: `${where(args)}your function's answer is right, and it is no evidence: of ${exact(args.payload)} it left ${count(args.unread)} unread in the socket.`,
      look: 'read() says 0 when everything was received: only then all bytes have been looked at.',
    }),
  },
};
