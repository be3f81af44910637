/** Judges an answer to Fetch: every byte of it by a client of ours, the records by the real kcat, their way, what is left. */
import type { Finding, Judgement, Situation } from '#model/finding.ts';
import { type Bench, ownFolder } from '../bench.ts';
import { endingFinding, leftFindings, type Where } from '../judge-ending.ts';
import { NoEvidence } from '../run-program.ts';
import { conductFindings } from '../server/conduct.ts';
import { attemptFetch, type FetchAttempt } from './fetch-attempt.ts';
import { askFetches } from './fetch-client.ts';
import { asAttempt, asksOf, duesOf, makeFolder } from './fetch-dues.ts';
import { frameBytes, frameFinding } from './fetch-frame.ts';
import { type FetchCase, type FetchDue, type FetchTask, type FetchTools, loadTools } from './fetch-task.ts';
import { judgeFetchWay } from './judge-fetch-way.ts';
import { findKcat } from './kcat.ts';

/** Tries every case, then kcat; stops at the first that finds something. @throws {CannotRunHere} without kcat */
export async function judgeFetch(module: string, task: FetchTask, bench: Bench): Promise<Judgement> {
  findKcat();
  const tools = await loadTools(task.tools);
  let [bytes, answers] = [0, 0];
  for (const one of task.cases) {
    const tried = await judgeCase(module, task, one, tools, bench);
    if (tried.findings.length > 0) {
      const [first, ...more] = tried.findings as [Finding, ...Finding[]];
      return { state: 'failed', findings: [first, ...more] };
    }
    bytes += tried.bytes;
    answers += one.requests.length;
  }
  const proof = await judgeFetchWay(module, task, tools, bench);
  if ('findings' in proof) return { state: 'failed', findings: proof.findings };
  return { state: 'passed', proved: { ...proof, cases: answers, bytes } };
}

async function judgeCase(module: string, task: FetchTask, one: FetchCase, tools: FetchTools, bench: Bench) {
  using own = ownFolder(bench);
  const folder = makeFolder(own.path);
  const { path } = tools.make(folder, one.batches);
  const dues = await duesOf(tools, folder, one.requests);
  const asked = {
    module,
    function: task.function,
    tools: task.tools,
    folder,
    path,
    faults: one.faults ?? 'none',
  } as const;
  bench.onTrial?.({ state: 'trying', about: aboutFetch(one, dues, 0) });
  const tried = await attemptFetch(
    asked,
    ({ port, ended, stop, ...running }) =>
      askFetches(port, {
        ...running,
        requests: asksOf(tools, one.requests, dues),
        receiver: one.receiver ?? 'reads',
        ready: ended,
        done: stop,
      }),
    bench,
    false,
  );
  return { findings: findingsOf(tried, one, dues, task.function), bytes: tried.asked?.length ?? 0 };
}

function findingsOf(tried: FetchAttempt<Buffer>, one: FetchCase, dues: readonly FetchDue[], name: string): Finding[] {
  const { ending } = tried;
  const about = (at: number) => aboutFetch(one, dues, at);
  const arrived = tried.asked ?? Buffer.alloc(0);
  const thrown = ending.state === 'returned' ? (ending.left.thrown ?? []) : [];
  const last = Math.max(0, thrown.length - 1);
  const all = asAttempt(tried, arrived.length);
  const ended = endingFinding(all, name, false, about(last));
  if (ended && ended.code !== 'hang') return [ended];
  if (one.receiver === 'leaves') return leaving(all, thrown[0], about(0), ended);
  const wrong = streamFinding(arrived, dues, about);
  if (wrong && wrong.code !== 'bytes-missing') return [wrong];
  if (ended) return [ended];
  const message = thrown.find((one) => one !== null);
  if (message) return [{ code: 'threw', args: { ...about(last), message, arrived: arrived.length } }];
  if (wrong) return [wrong];
  if (ending.state !== 'returned' || thrown.length !== dues.length || !ending.left.observed)
    throw new NoEvidence('A broker was asked less than it was to be asked: nothing can be said about its answers');
  const { unsent = [], faultsMet, observed } = ending.left;
  const held = unsent.findIndex((bytes) => bytes > 0);
  if (held >= 0) return [{ code: 'held-back', args: { ...about(held), bytes: unsent[held] ?? 0, by: 'MSG_MORE' } }];
  if (one.faults && faultsMet === 0) return [{ code: 'faults-not-met', args: about(0) }];
  return [...conductFindings(observed, 1, about(last)), ...leftFindings(all, about(last))];
}

/** A client that is gone must be told of. */
function leaving(
  all: Parameters<typeof leftFindings>[0],
  thrown: string | null | undefined,
  where: Where,
  ended: Finding | null,
): Finding[] {
  if (ended) return [ended];
  if (typeof thrown !== 'string') return [{ code: 'no-error', args: { ...where, arrived: all.received.bytes } }];
  return leftFindings(all, where);
}

/** The first answer that is wrong, or what came besides. */
function streamFinding(arrived: Buffer, dues: readonly FetchDue[], about: (at: number) => Where): Finding | null {
  const lengths = dues.map(frameBytes);
  const expected = lengths.reduce((sum, length) => sum + length, 0);
  let begin = 0;
  for (const [number, due] of dues.entries()) {
    const wrong = frameFinding(arrived.subarray(begin), due, about(number));
    begin += lengths[number] ?? 0;
    if (!wrong) continue;
    // What came behind one answer is taken for the size of the next.
    if (number === 0 || wrong.args.part !== 'size' || arrived.length <= expected) return wrong;
    return { code: 'bytes-extra', args: { ...about(number - 1), arrived: arrived.length, expected } };
  }
  if (arrived.length === expected) return null;
  return { code: 'bytes-extra', args: { ...about(dues.length - 1), arrived: arrived.length, expected } };
}

function aboutFetch(one: FetchCase, dues: readonly FetchDue[], at: number): Where {
  return { fetch: one.requests[at]?.offset ?? 0, sliceBytes: dues[at]?.bytes ?? 0, situation: situationOf(one) };
}

function situationOf({ faults, receiver }: FetchCase): Situation {
  if (receiver) return receiver === 'late' ? 'slow-receiver' : 'receiver-leaves';
  return faults ? (faults === 'short' ? 'short-counts' : 'interrupted') : 'plain';
}
