/** Judges one file by one exercise's rules: a learner's, the starter, the solution or a mutant, all the same way. */
import type { Judgement } from '#model/finding.ts';
import type { Bench } from './bench.ts';
import type { Task } from './exercise.ts';
import { judgeSend } from './judge-send.ts';

/** @param file a module of TypeScript */
export async function judge(file: string, task: Task, bench: Bench): Promise<Judgement> {
  switch (task.kind) {
    case 'send':
      return await judgeSend(file, task, bench);
  }
}
