/** Judges which way the payload went: by the traced calls, or by the overwrite test where nothing may be traced. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Finding, ProvedTransfers } from '#model/finding.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import type { Case, SendTask } from './exercise.ts';
import { endingFinding, type Where } from './judge-ending.ts';
import { goodWays, mechanismFindings } from './judge-mechanism.ts';
import { Peer } from './peer.ts';
import { canTrace } from './tracing.ts';
import { arrivalFinding, jobOf, sourceFile, streamOf } from './transfer-case.ts';

/** Payload of the traced transfer: not a round number, so that the last call is a short one. */
const TRACED_BYTES = 4 * 2 ** 20 - 5;
/** Payload of the overwrite test: it must fit into the queue of a socket that nobody reads. */
const OVERWRITTEN_BYTES = 48 * 2 ** 10;

export type Proof =
  | Pick<ProvedTransfers, 'by' | 'ways' | 'records'>
  | { readonly findings: readonly [Finding, ...Finding[]] };

/** The positive proof, or what speaks against it. */
export async function judgeWay(module: string, task: SendTask, bench: Bench): Promise<Proof> {
  return await (canTrace() ? judgeTrace : judgeOverwrite)(module, task, bench);
}

/** One transfer under strace: at least the payload must be seen to go the right way. */
async function judgeTrace(module: string, task: SendTask, bench: Bench): Promise<Proof> {
  const one = proofCase(task, TRACED_BYTES);
  const stream = streamOf(task, one);
  const where: Where = { situation: 'traced', ...stream.sizes };
  bench.onTrial?.({ state: 'trying', about: where });
  using peer = new Peer(stream.expected);
  using file = sourceFile(bench, stream.content);
  const tried = await attempt(jobOf(module, task, one, file.path, stream), peer, bench, true);
  const wrong = endingFinding(tried, task.function, false, where) ?? arrivalFinding(tried, stream, where);
  if (wrong) return { findings: [wrong] };
  const { bytes: arrived, senderPort } = tried.received;
  const { ways } = task.mechanism;
  const traced = {
    tally: tried.tally as NonNullable<Attempt['tally']>,
    file: file.path,
    payload: TRACED_BYTES,
    arrived,
    senderPort,
  };
  const [first, ...more] = mechanismFindings(traced, ways);
  if (first) return { findings: [first, ...more] };
  return { by: 'trace', ways: goodWays(traced, ways) };
}

/** Where nothing may be traced: the file is overwritten while its bytes lie in the queue, and what arrives tells whose they are. */
async function judgeOverwrite(module: string, task: SendTask, bench: Bench): Promise<Proof> {
  const payload = OVERWRITTEN_BYTES;
  const one = proofCase(task, payload);
  const stream = streamOf(task, one);
  const { content, offset, count } = stream.expected;
  const over = stream.content.inverse();
  const where: Where = { situation: 'plain', ...stream.sizes };
  bench.onTrial?.({ state: 'trying', about: where });
  // A header is never overwritten: where it should be, nothing can match its inverse.
  using peer = new Peer(stream.expected, { held: true }, content.inverse().subarray(offset, offset + count));
  using file = sourceFile(bench, stream.content);
  const asked = jobOf(module, task, one, file.path, stream);
  const tried = await attempt(asked, peer, bench, false, () => overwrite(file.path, over));
  const ending = endingFinding(tried, task.function, false, where);
  if (ending) return { findings: [ending] };
  if (tried.received.bytes !== count)
    return {
      findings: [{ code: 'bytes-missing', args: { ...where, arrived: tried.received.bytes, expected: count } }],
    };
  const shared = tried.received.matchingOther;
  const enough = task.mechanism.sharesPages ? shared === payload : shared === 0;
  if (enough) return { by: 'overwrite', ways: [{ calls: '', bytes: payload, times: 0 }] };
  const call = task.mechanism.ways[0]?.join('+') ?? '';
  const should = task.mechanism.sharesPages ? 1 : 0;
  return { findings: [{ code: 'pages-not-shared', args: { call, shared, payload, should } }] };
}

/** A transfer of about `bytes`; of a range, in a file that is larger, when the exercise asks for ranges. */
function proofCase({ mechanism: { range, faults } }: SendTask, bytes: number): Case {
  return {
    bytes: bytes + (range ? 8200 : 0),
    ...(range ? { range: { offset: 4099, count: bytes } } : {}),
    ...(faults ? { faults } : {}),
  };
}

/** In place: the pages of the page cache get other bytes. */
export function overwrite(path: string, bytes: Buffer): void {
  const fd = openSync(path, 'r+');
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, done);
  closeSync(fd);
}
