/** Judges predictions of calls: every copy is really made, its calls are counted, and the prediction is compared. */
import { randomInt } from 'node:crypto';
import type { Finding, Judgement } from '#model/finding.ts';
import type { Bench } from '../bench.ts';
import type { Scope } from '../scope.ts';
import { ask } from './ask.ts';
import { type About, askEndingFinding, askLeftFindings } from './asked-findings.ts';
import { type Copy, type CountedCopy, countCopies } from './count-copies.ts';
import type { Json } from './paper.ts';

/** The learner exports a function that says how many calls a copying loop makes. */
export interface PredictCallsTask {
  readonly kind: 'predict-calls';
  /** Called with the bytes of the file, of the buffer and of what a write takes at most; returns { reads, writes }. */
  readonly function: string;
  /** What the starter shows, with what it says there. */
  readonly examples: readonly CountedCopy[];
  /** What the learner does not see. Random ones are added. */
  readonly copies: readonly Copy[];
}

/** Copies that nobody can know before: so many. */
const RANDOM_COPIES = 6;

export async function judgePredictCalls(
  module: string,
  task: PredictCallsTask,
  bench: Bench,
  scope: Scope,
): Promise<Judgement> {
  const hidden = [...task.copies, ...Array.from({ length: RANDOM_COPIES }, randomCopy)];
  const copies = [...task.examples, ...(scope === 'all' ? hidden : [])];
  bench.onTrial?.({ state: 'counting' });
  const { by, counted } = await countCopies(copies, bench);
  const about = counted.map(aboutCopy);
  const questions = counted.map(({ fileBytes, bufferBytes, takesBytes }) => ({
    name: task.function,
    args: [fileBytes, bufferBytes, takesBytes],
  }));
  const asked = await ask({ module, stage: 'plain', questions, paths: [] }, bench);
  const wrong = asked.answers.flatMap(({ value }, at) => predictionFindings(value, counted[at] as CountedCopy));
  const ending = askEndingFinding(asked, about);
  const left = scope === 'all' ? askLeftFindings(asked, {}) : [];
  const [first, ...more] = [...wrong.slice(0, 1), ...(ending ? [ending] : []), ...left];
  if (first) return { state: 'failed', findings: [first, ...more] };
  const sum = (of: 'reads' | 'writes') => counted.reduce((all, one) => all + one[of], 0);
  const numbers = { by, reads: sum('reads'), writes: sum('writes') };
  return { state: 'passed', proved: { answered: task.kind, cases: counted.length, numbers } };
}

/** Where a prediction is not what was counted. */
export function predictionFindings(value: Json, counted: CountedCopy): Finding[] {
  const about = aboutCopy(counted);
  const { reads, writes } = (value ?? {}) as { reads?: Json; writes?: Json };
  if (!Number.isInteger(reads) || !Number.isInteger(writes))
    return [{ code: 'answer-shape', args: { ...about, answered: JSON.stringify(value) } }];
  return [
    { call: 'read', counted: counted.reads, predicted: reads as number },
    { call: 'write', counted: counted.writes, predicted: writes as number },
  ]
    .filter((one) => one.counted !== one.predicted)
    .map((args) => ({ code: 'prediction-differs', args: { ...about, ...args } }));
}

function aboutCopy({ fileBytes, bufferBytes, takesBytes }: Copy): About {
  return { task: 'predict-calls', fileBytes, bufferBytes, takesBytes };
}

/** Odd sizes of file and buffer, and a receiver that takes now less and now more than the buffer holds. */
function randomCopy(): Copy {
  return {
    fileBytes: randomInt(0, 2 ** 20),
    bufferBytes: randomInt(3000, 300_000),
    takesBytes: 2 ** randomInt(16, 19),
  };
}
