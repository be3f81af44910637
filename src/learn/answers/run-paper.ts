/** Asks a learner's file every question, in a process of its own: `node run-paper.ts PAPER.json`. Started by ask.ts. */
import { appendFileSync, readFileSync } from 'node:fs';
import { Meter } from '#libc';
import { errorSentence, loadModule } from '../learner-module.ts';
import { watchLeftovers } from '../leftovers.ts';
import type { Answer, Fact, Json, Paper, Question } from './paper.ts';
import { stages } from './stages.ts';

const paper = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Paper;
const meter = new Meter();
/** Looking takes reads itself. */
const ownReadCalls = -readCalls() + readCalls();
const say = (fact: Fact) => appendFileSync(paper.report, `${JSON.stringify(fact)}\n`);

try {
  await run();
} catch (error) {
  // Not the learner's: theirs are answers.
  say({ state: 'broke', message: error instanceof Error ? error.message : String(error) });
}

async function run(): Promise<void> {
  const loaded = await loadModule(paper.module);
  if (loaded.state === 'cannot-load') return say(loaded);
  const missing = paper.questions.find(({ name }) => loaded.exported[name] === undefined);
  if (missing) return say({ state: 'no-export', name: missing.name });
  say({ state: 'begun' });
  const leftovers = watchLeftovers();
  for (const question of paper.questions) {
    const answer = await ask(loaded.exported[question.name], question);
    say(answer);
    if (answer.state === 'threw') return;
  }
  say({ state: 'done', left: leftovers(paper.paths) });
}

async function ask(exported: unknown, { args }: Question): Promise<Answer | Extract<Fact, { state: 'threw' }>> {
  const nothing = { faults: 0, readCalls: 0, seen: {} };
  if (typeof exported !== 'function') return { state: 'answer', value: plain(exported), ...nothing };
  using stage = stages[paper.stage](args);
  const before = { faults: meter.usage().minorFaults, reads: readCalls() };
  let value: unknown;
  try {
    value = await exported(...stage.args);
  } catch (error) {
    return { state: 'threw', message: errorSentence(error, paper.module) };
  }
  const after = { faults: meter.usage().minorFaults, reads: readCalls() };
  return {
    state: 'answer',
    value: plain(value),
    faults: after.faults - before.faults,
    readCalls: after.reads - before.reads - ownReadCalls,
    seen: stage.seen(),
  };
}

/** What JSON can say of a value. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value) ?? 'null') as Json;
}

/** Calls of the read family that this process has made. */
function readCalls(): number {
  return Number(/^syscr: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? 0);
}
