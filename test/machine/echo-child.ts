/** A child for child.test.ts: repeats what it is told. */
import { readdirSync, readFileSync } from 'node:fs';
import { answerQuestions } from '../../src/machine/answering.ts';

await answerQuestions<{ say?: string; do?: 'fail' | 'threads' }>((question) => {
  if (question.do === 'fail') throw new Error('as asked');
  if (question.do === 'threads') return { cpus: [...new Set(readdirSync('/proc/self/task').map(allowed))] };
  return { said: question.say };
});

function allowed(thread: string): string {
  return /^Cpus_allowed_list:\s+(.*)$/m.exec(readFileSync(`/proc/self/task/${thread}/status`, 'utf8'))?.[1] as string;
}
