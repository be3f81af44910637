/** Judges which way the bytes of one answer went: by the traced calls, or by the overwrite test. */
import type { Tally } from '#model/tally.ts';
import type { Bench } from '../bench.ts';
import { Content } from '../content.ts';
import { endingFinding, type Where } from '../judge-ending.ts';
import { goodWays, mechanismFindings } from '../judge-mechanism.ts';
import { overwrite, type Proof } from '../judge-way.ts';
import { canTrace } from '../tracing.ts';
import { sourceFile } from '../transfer-case.ts';
import { exchangeFinding } from './exchange.ts';
import { attemptHttp } from './http-attempt.ts';
import type { HttpRequest, HttpTask } from './http-task.ts';

const OFFSET = 4099;
const TRACED_BYTES = 4 * 2 ** 20 - 5;
/** It must fit into the queue of a socket that nobody reads. */
const OVERWRITTEN_BYTES = 48 * 2 ** 10;
const ways = [['sendfile']];

/** The positive proof, or what speaks against it. */
export async function judgeHttpWay(module: string, task: HttpTask, bench: Bench): Promise<Proof> {
  const traced = canTrace();
  const payload = traced ? TRACED_BYTES : OVERWRITTEN_BYTES;
  const content = Content.random(payload + 8200);
  using file = sourceFile(bench, content);
  const over = content.inverse();
  const request: HttpRequest = { range: `${OFFSET}-${OFFSET + payload - 1}`, by: traced ? 'curl' : 'held' };
  const asked = { module, function: task.function, path: file.path, faults: 'none' } as const;
  const where: Where = { request: request.range ?? '', by: request.by, fileBytes: content.bytes };
  bench.onTrial?.({ state: 'trying', about: where });
  const tried = await attemptHttp(asked, [request], bench, traced, () => {
    if (!traced) overwrite(file.path, over);
  });
  const [answer] = tried.answers;
  const arrived = answer?.body.length ?? 0;
  const received = { bytes: arrived, difference: null, matchingOther: 0, senderPort: tried.port };
  const ending = endingFinding({ ...tried, received, output: '' }, task.function, false, where);
  if (ending) return { findings: [ending] };
  const [message = null] = (tried.ending.state === 'returned' && tried.ending.left.thrown) || [];
  if (message !== null) return { findings: [{ code: 'threw', args: { ...where, message, arrived } }] };
  if (!traced) {
    const shared = (answer?.body ?? Buffer.alloc(0)).reduce(
      (sum, byte, at) => sum + (byte === over[OFFSET + at] ? 1 : 0),
      0,
    );
    if (shared === payload) return { by: 'overwrite', ways: [{ calls: '', bytes: payload, times: 0 }] };
    return { findings: [{ code: 'pages-not-shared', args: { call: 'sendfile', shared, payload, should: 1 } }] };
  }
  const wrong = exchangeFinding(answer, request, content, where);
  if (wrong) return { findings: [wrong] };
  const one = {
    tally: tried.tally as Tally,
    file: file.path,
    payload,
    arrived: arrived + (answer?.headBytes ?? 0),
    senderPort: tried.port,
  };
  const [first, ...more] = mechanismFindings(one, ways);
  if (first) return { findings: [first, ...more] };
  return { by: 'trace', ways: goodWays(one, ways) };
}
