/** What a learner's function answered, against what was counted here. */
import type { AnswerCode, AnswerKind } from '../../finding.ts';
import { count, type Sayings, where } from './sentence.ts';

/** What a function of that kind must return. */
const shapes: Record<AnswerKind, string> = {
  'predict-calls': '{ reads, writes }, two whole numbers',
};

export const ofAnswer: Sayings<AnswerCode> = {
  'answer-threw': {
    name: 'an error where an answer was due',
    say: (args) => ({
      seen: `${where(args)}expected an answer, and your function threw "${args.message}".`,
      look: 'Look at the line that the message names, and at what it was given.',
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
};
