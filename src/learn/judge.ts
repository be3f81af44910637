/** Judges one file by one exercise's rules: a learner's, the starter, the solution or a mutant, all the same way. */
import type { Judgement } from '#model/finding.ts';
import { judgeChoice } from './answers/judge-choice.ts';
import { judgeIndexLookup } from './answers/judge-index-lookup.ts';
import { judgePredictCalls } from './answers/judge-predict-calls.ts';
import { judgeReadahead } from './answers/judge-readahead.ts';
import { judgeSharedPages } from './answers/judge-shared-pages.ts';
import type { Bench } from './bench.ts';
import type { Task } from './exercise.ts';
import { judgeFetch } from './fetch/judge-fetch.ts';
import { judgeHttp } from './http/judge-http.ts';
import { judgeSend } from './judge-send.ts';
import type { Scope } from './scope.ts';
import { judgeSegment } from './segment/judge-segment.ts';
import { judgeServe } from './server/judge-serve.ts';

/** @param file a module of TypeScript */
export async function judge(file: string, task: Task, bench: Bench, scope: Scope = 'all'): Promise<Judgement> {
  switch (task.kind) {
    case 'send':
      return await judgeSend(file, task, bench);
    case 'serve':
      return await judgeServe(file, task, bench);
    case 'http':
      return await judgeHttp(file, task, bench);
    case 'fetch':
      return await judgeFetch(file, task, bench);
    case 'predict-calls':
      return await judgePredictCalls(file, task, bench, scope);
    case 'index-lookup':
      return await judgeIndexLookup(file, task, bench, scope);
    case 'segment':
      return await judgeSegment(file, task, bench, scope);
    case 'readahead':
      return await judgeReadahead(file, task, bench, scope);
    case 'choice':
      return await judgeChoice(file, task, bench, scope);
    case 'shared-pages':
      return await judgeSharedPages(file, task, bench, scope);
  }
}
