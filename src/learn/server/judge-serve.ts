/** Judges a server's loop: does everybody get the right bytes, whatever the others do, and does nobody wait for the disk. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { evict } from '#measure/source-file.ts';
import type { Finding, Judgement, ProvedTransfers, Situation } from '#model/finding.ts';
import type { Bench } from '../bench.ts';
import { Content } from '../content.ts';
import { endingFinding, leftFindings, type Where } from '../judge-ending.ts';
import { Peer, type Reading } from '../peer.ts';
import { NoEvidence } from '../run-program.ts';
import { sourceFile } from '../transfer-case.ts';
import { conductFindings } from './conduct.ts';
import { judgeServeWay } from './judge-serve-way.ts';
import { attemptServe, type ServeAttempt } from './serve-attempt.ts';
import type { Client, Seen, ServeCase, ServeTask } from './serve-task.ts';

/** A file that was put out of memory may be read again by somebody else, a backup for instance. */
const TRIES = 3;

/** Tries every case, then the way of the bytes; stops at the first that finds something. */
export async function judgeServe(module: string, task: ServeTask, bench: Bench): Promise<Judgement> {
  for (const one of task.cases) {
    const [first, ...more] = await judgeCase(module, task, one, bench);
    if (first) return { state: 'failed', findings: [first, ...more] };
  }
  const proof = await judgeServeWay(module, task, bench);
  if ('findings' in proof) return { state: 'failed', findings: proof.findings };
  const clients = task.cases.flatMap((one) => one.clients);
  const bytes = clients.reduce((sum, client) => sum + client.bytes, 0);
  const proved: ProvedTransfers = { ...proof, cases: clients.length, bytes };
  return { state: 'passed', proved };
}

async function judgeCase(module: string, task: ServeTask, one: ServeCase, bench: Bench): Promise<Finding[]> {
  for (let tries = 1; ; tries++) {
    const tried = await tryCase(module, task, one, bench);
    if (tried !== 'warm') return tried;
    if (tries === TRIES)
      throw new NoEvidence('A file was in memory again before the program began: nothing can be said about a cold one');
  }
}

async function tryCase(module: string, task: ServeTask, one: ServeCase, bench: Bench): Promise<Finding[] | 'warm'> {
  bench.onTrial?.({ state: 'trying', about: { situation: situationOf(one), clients: one.clients.length } });
  using held = new DisposableStack();
  const contents = one.clients.map(({ bytes }) => Content.random(bytes));
  const files = contents.map((content) => held.use(sourceFile(bench, content)));
  const peers: Peer[] = [];
  for (const [at, client] of one.clients.entries()) {
    const expected = { content: contents[at] as Content, offset: 0, count: client.bytes };
    peers.push(held.use(new Peer(expected, readingOf(client))));
    if (client.cold) putOut(files[at]?.path ?? '');
  }
  const clients = peers.map(({ port }, at) => ({ port, path: files[at]?.path ?? '' }));
  const cold = one.clients.some((client) => client.cold);
  const stalling = peers.find((_, at) => one.clients[at]?.receiver === 'stalls') ?? null;
  const asked = { module, function: task.function, clients, faults: one.faults ?? 'none', slowDisk: cold } as const;
  const tried = await attemptServe(asked, { peers, stalling, bench, traced: false });
  const seen = seenOf(tried);
  if (seen && one.clients.some((client, at) => client.cold && seen.residentBefore[at] !== 0)) return 'warm';
  return findingsOf(tried, one, task.function, seen);
}

function findingsOf(tried: ServeAttempt, one: ServeCase, name: string, seen: Seen | null): Finding[] {
  const where: Where = { situation: situationOf(one), clients: one.clients.length };
  const first =
    wrongBytes(tried, one, where, ['bytes-differ', 'bytes-extra']) ??
    starved(tried, one, where) ??
    endingOf(tried, name, where) ??
    wrongBytes(tried, one, where, ['bytes-missing']);
  if (first) return [first];
  if (!seen) throw new NoEvidence('Nothing was seen of a program that came back: nothing can be said about it');
  const { ending } = tried;
  // A call that copies is not given an odd offset: which way its bytes went is judged later.
  const must = one.faults !== undefined && one.faults !== 'odd-offset';
  if (must && ending.state === 'returned' && ending.left.faultsMet === 0)
    return [{ code: 'faults-not-met', args: where }];
  return [...conductFindings(seen, one.clients.length, where), ...leftFindings(asAttempt(tried), where)];
}

/** Those who read got nothing because of the one who does not, or whose file is not there. */
function starved({ ending, received }: ServeAttempt, { clients }: ServeCase, where: Where): Finding | null {
  const others = clients.flatMap((client, at) => (client.receiver || client.cold ? [] : [at]));
  if (ending.state !== 'hang' || others.length === clients.length) return null;
  const sum = (count: (at: number) => number) => others.reduce((total, at) => total + count(at), 0);
  const arrived = sum((at) => received[at]?.bytes ?? 0);
  const expected = sum((at) => clients[at]?.bytes ?? 0);
  if (arrived === expected) return null;
  return { code: 'starved', args: { ...where, others: others.length, arrived, expected } };
}

function wrongBytes(
  { received }: ServeAttempt,
  { clients }: ServeCase,
  where: Where,
  codes: readonly Finding['code'][],
): Finding | null {
  const found = clients.flatMap(({ bytes: expected, receiver }, at): Finding[] => {
    const { bytes: arrived = 0, difference = null } = received[at] ?? {};
    const args = { ...where, client: at + 1, fileBytes: expected, expected, arrived };
    if (difference !== null) return [{ code: 'bytes-differ', args: { ...args, at: difference } }];
    if (arrived > expected) return [{ code: 'bytes-extra', args }];
    return arrived < expected && receiver !== 'leaves' ? [{ code: 'bytes-missing', args }] : [];
  });
  return found.find(({ code }) => codes.includes(code)) ?? null;
}

function endingOf(tried: ServeAttempt, name: string, where: Where): Finding | null {
  return endingFinding(asAttempt(tried), name, false, where);
}

/** As of one receiver, for what is said of how a program ended. */
function asAttempt({ ending, received, processesLeft, tally }: ServeAttempt) {
  const bytes = received.reduce((sum, one) => sum + one.bytes, 0);
  const all = { bytes, difference: null, matchingOther: 0, senderPort: 0 };
  return { ending, received: all, processesLeft, output: '', tally };
}

function seenOf({ ending }: ServeAttempt): Seen | null {
  return ending.state === 'returned' || ending.state === 'threw' ? (ending.left.seen ?? null) : null;
}

function readingOf({ receiver, bytes }: Client): Reading {
  if (receiver === 'stalls') return { held: true };
  return receiver === 'leaves' ? { leaveAfter: Math.ceil(bytes / 64) } : {};
}

function situationOf({ clients, faults }: ServeCase): Situation {
  if (clients.some(({ cold }) => cold)) return 'cold-file';
  if (faults) return faults === 'interrupted' ? 'interrupted' : 'short-counts';
  const odd = clients.find(({ receiver }) => receiver)?.receiver;
  return odd ? (odd === 'stalls' ? 'client-stalls' : 'client-leaves') : 'plain';
}

/** @throws {CannotRunHere} where pages stay in memory */
function putOut(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
  evict(path);
}
