/** Judges which way the bytes of several clients went: by the traced calls, or by the overwrite test. */
import type { Finding } from '#model/finding.ts';
import type { Tally } from '#model/tally.ts';
import type { Bench } from '../bench.ts';
import { Content } from '../content.ts';
import { endingFinding, type Where } from '../judge-ending.ts';
import { goodWays, mechanismFindings, mergedWays } from '../judge-mechanism.ts';
import { overwrite, type Proof } from '../judge-way.ts';
import { Peer } from '../peer.ts';
import { canTrace } from '../tracing.ts';
import { sourceFile } from '../transfer-case.ts';
import { attemptServe } from './serve-attempt.ts';
import type { ServeTask } from './serve-task.ts';

/** Files of the traced clients: 4 MiB less 5 bytes in all. */
const TRACED_BYTES = [1_048_571, 2_097_152, 1_048_576];
/** Files of the overwrite test: they must fit into the queue of a socket that nobody reads. */
const OVERWRITTEN_BYTES = [32_768, 16_384];
const ways = [['sendfile']];
/** What a program may read of the files into its memory, to see whether it is there, as a share. */
const READ_SHARE = 0.01;

/** The positive proof for every client, or what speaks against it. */
export async function judgeServeWay(module: string, task: ServeTask, bench: Bench): Promise<Proof> {
  const traced = canTrace();
  const sizes = traced ? TRACED_BYTES : OVERWRITTEN_BYTES;
  const where: Where = { situation: traced ? 'traced' : 'plain', clients: sizes.length };
  bench.onTrial?.({ state: 'trying', about: where });
  using held = new DisposableStack();
  const contents = sizes.map((bytes) => Content.random(bytes));
  const files = contents.map((content) => held.use(sourceFile(bench, content)));
  const peers: Peer[] = [];
  for (const content of contents) {
    const expected = { content, offset: 0, count: content.bytes };
    peers.push(held.use(new Peer(expected, { held: !traced }, traced ? null : content.inverse())));
  }
  const clients = peers.map(({ port }, at) => ({ port, path: files[at]?.path ?? '' }));
  const asked = { module, function: task.function, clients, faults: 'none', slowDisk: false } as const;
  const beforeOpening = () => {
    for (const [at, content] of contents.entries()) overwrite(clients[at]?.path ?? '', content.inverse());
  };
  const run = { peers, stalling: null, bench, traced, ...(traced ? {} : { beforeOpening }) };
  const tried = await attemptServe(asked, run);
  const arrived = tried.received.reduce((sum, one) => sum + one.bytes, 0);
  const expected = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const all = { bytes: arrived, difference: null, matchingOther: 0, senderPort: 0 };
  const wrong = endingFinding({ ...tried, received: all, output: '' }, task.function, false, where);
  if (wrong) return { findings: [wrong] };
  if (arrived !== expected) return { findings: [{ code: 'bytes-missing', args: { ...where, arrived, expected } }] };
  if (!traced) {
    const shared = tried.received.reduce((sum, one) => sum + one.matchingOther, 0);
    if (shared === expected) return { by: 'overwrite', ways: [{ calls: '', bytes: expected, times: 0 }] };
    const args = { call: 'sendfile', shared, payload: expected, should: 1 };
    return { findings: [{ code: 'pages-not-shared', args }] };
  }
  const tally = tried.tally as Tally;
  const each = tried.received.map(({ bytes, senderPort }, at) => {
    const file = clients[at]?.path ?? '';
    return { tally, file, payload: sizes[at] ?? 0, arrived: bytes, senderPort };
  });
  const [first, ...more] = [
    ...each.flatMap((one) => mechanismFindings(one, ways)),
    ...readFindings(tally, clients, expected),
  ];
  if (first) return { findings: [first, ...more] };
  return { by: 'trace', ways: mergedWays(each.flatMap((one) => goodWays(one, ways))) };
}

/** The files were also read into memory: to bring their pages in, say, while everybody waits. */
function readFindings({ reads }: Tally, clients: readonly { readonly path: string }[], payload: number): Finding[] {
  const own = reads.filter(({ file }) => clients.some(({ path }) => path === file));
  const bytes = own.reduce((sum, one) => sum + one.bytes, 0);
  return bytes > payload * READ_SHARE ? [{ code: 'read-besides', args: { bytes, payload } }] : [];
}
