/** Judges an HTTP server by the real curl: what it says of a range, the bytes, their way, and what is left behind. */
import type { Finding, Judgement } from '#model/finding.ts';
import type { Bench } from '../bench.ts';
import { Content } from '../content.ts';
import { endingFinding, leftFindings, type Where } from '../judge-ending.ts';
import { NoEvidence } from '../run-program.ts';
import { sourceFile } from '../transfer-case.ts';
import { findCurl } from './curl.ts';
import { exchangeFinding } from './exchange.ts';
import { attemptHttp, type HttpAttempt } from './http-attempt.ts';
import type { HttpCase, HttpTask } from './http-task.ts';
import { judgeHttpWay } from './judge-http-way.ts';

/** Tries every case, then the way of the bytes; stops at the first that finds something. @throws {CannotRunHere} without curl */
export async function judgeHttp(module: string, task: HttpTask, bench: Bench): Promise<Judgement> {
  findCurl();
  let [bytes, requests] = [0, 0];
  for (const one of task.cases) {
    const tried = await judgeCase(module, task, one, bench);
    if ('findings' in tried) {
      const [first, ...more] = tried.findings;
      if (first) return { state: 'failed', findings: [first, ...more] };
    } else bytes += tried.bytes;
    requests += one.requests.length;
  }
  const proof = await judgeHttpWay(module, task, bench);
  if ('findings' in proof) return { state: 'failed', findings: proof.findings };
  return { state: 'passed', proved: { ...proof, cases: requests, bytes } };
}

async function judgeCase(
  module: string,
  task: HttpTask,
  one: HttpCase,
  bench: Bench,
): Promise<{ readonly findings: readonly Finding[] } | { readonly bytes: number }> {
  const content = one.dataAround ? Content.sparse(one.bytes, one.dataAround) : Content.random(one.bytes);
  using file = sourceFile(bench, content);
  bench.onTrial?.({ state: 'trying', about: aboutRequest(one, 0) });
  const asked = { module, function: task.function, path: file.path, faults: one.faults ?? 'none' } as const;
  const tried = await attemptHttp(asked, one.requests, bench, false);
  const findings = findingsOf(tried, one, content, task.function);
  if (findings.length > 0) return { findings };
  return { bytes: tried.answers.reduce((sum, { body }) => sum + body.length, 0) };
}

function findingsOf(tried: HttpAttempt, one: HttpCase, content: Content, name: string): Finding[] {
  const { ending, answers } = tried;
  const about = (at: number) => aboutRequest(one, at);
  // The server's end shows in the answer that it cut off, and in all that could not be asked any more.
  const cut = answers.findIndex(({ trouble }) => trouble !== null);
  const last = cut < 0 ? Math.max(0, answers.length - 1) : cut;
  const received = { bytes: answers[last]?.body.length ?? 0, difference: null, matchingOther: 0, senderPort: 0 };
  const all = { ...tried, received, output: '' };
  if (ending.state !== 'returned') {
    const before = answers
      .slice(0, last)
      .flatMap((answer, at) => exchangeFinding(answer, one.requests[at], content, about(at)) ?? []);
    const ended = endingFinding(all, name, false, about(last));
    return [before[0] ?? ended].filter((found) => found !== null && found !== undefined);
  }
  const { thrown = [], faultsMet } = ending.left;
  if (thrown.length !== one.requests.length || answers.length !== one.requests.length)
    throw new NoEvidence('A server took fewer requests than it was to take: nothing can be said about it');
  for (const [at, request] of one.requests.entries()) {
    const arrived = answers[at]?.body.length ?? 0;
    if (request.by === 'leaves') {
      if (thrown[at] === null) return [{ code: 'no-error', args: { ...about(at), arrived } }];
      continue;
    }
    const message = thrown[at] ?? null;
    if (message !== null) return [{ code: 'threw', args: { ...about(at), message, arrived } }];
    const wrong = exchangeFinding(answers[at], request, content, about(at));
    if (wrong) return [wrong];
  }
  if (one.faults && faultsMet === 0) return [{ code: 'faults-not-met', args: about(0) }];
  return leftFindings(all, about(last));
}

function aboutRequest({ requests, bytes, faults }: HttpCase, at: number): Where {
  const { range = null, by = 'curl' } = requests[at] ?? {};
  return { request: range ?? 'everything', by, fileBytes: bytes, ...(faults ? { faults } : {}) };
}
