/** Whether the real kcat gets its records, and which way they went: by the traced calls, or by the overwrite test. */
import { readFileSync } from 'node:fs';
import type { Finding } from '#model/finding.ts';
import type { Tally } from '#model/tally.ts';
import { type Bench, ownFolder } from '../bench.ts';
import { endingFinding, type Where } from '../judge-ending.ts';
import { goodWays, mechanismFindings } from '../judge-mechanism.ts';
import { overwrite, type Proof } from '../judge-way.ts';
import { canTrace } from '../tracing.ts';
import { attemptFetch } from './fetch-attempt.ts';
import { askFetches } from './fetch-client.ts';
import { asAttempt, asksOf, duesOf, makeFolder } from './fetch-dues.ts';
import { frameBytes, headBytes } from './fetch-frame.ts';
import type { FetchDue, FetchTask, FetchTools } from './fetch-task.ts';
import { type Consumed, firstDifference, kcat } from './kcat.ts';

const ways = [['sendfile']];
/** About 4 MiB in batches of 10 records, and the record in the middle of a batch from which kcat consumes. */
const BATCHES = 400;
const RECORDS = 10;
const VALUE_BYTES = 1037;
const FROM = 5 * RECORDS + 3;
/** kcat is ended after so long. */
const KCAT_MS = 20_000;
/** It must fit into the queue of a socket that nobody reads. */
const OVERWRITTEN_BYTES = 48 * 2 ** 10;

/** The positive proof, or what speaks against it. */
export async function judgeFetchWay(module: string, task: FetchTask, tools: FetchTools, bench: Bench): Promise<Proof> {
  using own = ownFolder(bench);
  const traced = canTrace();
  const folder = makeFolder(own.path);
  const batches = Array.from({ length: BATCHES }, () => ({ records: RECORDS, valueBytes: VALUE_BYTES }));
  const { path, values } = tools.make(folder, batches);
  const [due] = await duesOf(tools, folder, [{ offset: FROM, maxBytes: 2 ** 30 }]);
  const payload = due?.bytes ?? 0;
  const asked = { module, function: task.function, tools: task.tools, folder, path, faults: 'none' } as const;
  const wanted = { topic: tools.topic, offset: FROM, count: values.length - FROM };
  const where: Where = { fetch: FROM, sliceBytes: payload, situation: traced ? 'traced' : 'plain' };
  bench.onTrial?.({ state: 'trying', about: where });
  const tried = await attemptFetch(asked, ({ port }) => kcat(port, wanted, KCAT_MS, bench), bench, traced);
  const ended = endingFinding(asAttempt(tried, tried.asked?.printed.length ?? 0), task.function, false, where);
  if (ended) return { findings: [ended] };
  const wrong = recordsFinding(tried.asked, values, where);
  if (wrong) return { findings: [wrong] };
  const records = wanted.count;
  if (!traced) return { ...(await judgeOverwrite(module, task, tools, bench)), records };
  // kcat does not say how many bytes it got: at least those of the batches whose records it printed.
  const one = { tally: tried.tally as Tally, file: path, payload, arrived: payload, senderPort: tried.port };
  const [first, ...more] = mechanismFindings(one, ways);
  if (first) return { findings: [first, ...more] };
  return { by: 'trace', ways: goodWays(one, ways), records };
}

/** What is wrong with what kcat printed. */
export function recordsFinding(consumed: Consumed | null, values: readonly Buffer[], where: Where): Finding | null {
  const { printed, trouble } = consumed ?? { printed: Buffer.alloc(0), trouble: 'nothing' };
  const from = Number(where.fetch);
  const offset = firstDifference(printed, values, from);
  if (offset === null && trouble === null) return null;
  return {
    code: 'kcat-differs',
    args: { ...where, right: (offset ?? values.length) - from, records: values.length - from, said: trouble ?? '' },
  };
}

/** Where nothing may be traced: the segment is overwritten while its bytes lie in the queue of a client that does not read. */
async function judgeOverwrite(module: string, task: FetchTask, tools: FetchTools, bench: Bench): Promise<Proof> {
  using own = ownFolder(bench);
  const folder = makeFolder(own.path);
  const batches = Array.from({ length: 2 * RECORDS }, () => ({ records: RECORDS, valueBytes: VALUE_BYTES }));
  const { path } = tools.make(folder, batches);
  const requests = [{ offset: 2 * RECORDS, maxBytes: OVERWRITTEN_BYTES }];
  const dues = await duesOf(tools, folder, requests);
  const over = readFileSync(path).map((byte) => byte ^ 0xff) as Buffer;
  const tried = await attemptFetch(
    { module, function: task.function, tools: task.tools, folder, path, faults: 'none' },
    ({ port, ended: ready, stop: done, ...running }) =>
      askFetches(port, { ...running, requests: asksOf(tools, requests, dues), receiver: 'held', ready, done }),
    bench,
    false,
    () => overwrite(path, over),
  );
  const [due] = dues as [FetchDue];
  const where: Where = { fetch: 2 * RECORDS, sliceBytes: due.bytes, situation: 'plain' };
  const arrived = tried.asked ?? Buffer.alloc(0);
  const ended = endingFinding(asAttempt(tried, arrived.length), task.function, false, where);
  if (ended) return { findings: [ended] };
  const expected = frameBytes(due);
  if (arrived.length !== expected)
    return { findings: [{ code: 'bytes-missing', args: { ...where, arrived: arrived.length, expected } }] };
  const shared = arrived
    .subarray(headBytes(due))
    .reduce((sum, byte, at) => sum + (byte === over[due.position + at] ? 1 : 0), 0);
  if (shared === due.bytes) return { by: 'overwrite', ways: [{ calls: '', bytes: due.bytes, times: 0 }] };
  const args = { call: 'sendfile', shared, payload: due.bytes, should: 1 };
  return { findings: [{ code: 'pages-not-shared', args }] };
}
