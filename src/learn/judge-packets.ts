/** Judges whether a header and its file went without a packet that is shorter than it need be, and whether all of it went. */
import type { Finding, ProvedTransfers } from '#model/finding.ts';
import { attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import type { Case, SendTask } from './exercise.ts';
import { endingFinding, type Where } from './judge-ending.ts';
import { Peer } from './peer.ts';
import { NoEvidence } from './run-program.ts';
import { arrivalFinding, jobOf, sourceFile, streamOf } from './transfer-case.ts';

/** Files that fit with their header into one segment of the loopback device, whose MTU is 65,536. */
const FILE_BYTES = [3001, 0];
/**
 * tcp(7): what is held back goes after 200 ms whatever the program does. A machine that stands still for so long between
 * two calls makes a short packet of a right program, so the best of several tries counts.
 */
const TRIES = 3;

type Packets = Pick<ProvedTransfers, 'packets'> | { readonly findings: readonly [Finding, ...Finding[]] };

/** Counts the segments of short answers, by what the kernel knows of the sender's socket when the program returned. */
export async function judgePackets(module: string, task: SendTask, bench: Bench): Promise<Packets> {
  const seen: NonNullable<ProvedTransfers['packets']>[number][] = [];
  for (const bytes of FILE_BYTES) {
    let one = await count(module, task, { bytes }, bench);
    for (let tries = 1; 'code' in one && one.code === 'short-packet' && tries < TRIES; tries++)
      one = await count(module, task, { bytes }, bench);
    if ('code' in one) return { findings: [one] };
    seen.push(one);
  }
  return { packets: seen };
}

async function count(module: string, task: SendTask, one: Case, bench: Bench) {
  const stream = streamOf(task, one);
  const where: Where = { situation: 'plain', ...stream.sizes };
  bench.onTrial?.({ state: 'trying', about: where });
  using peer = new Peer(stream.expected);
  using file = sourceFile(bench, stream.content);
  const tried = await attempt(jobOf(module, task, one, file.path, stream), peer, bench, false);
  const wrong = endingFinding(tried, task.function, false, where) ?? arrivalFinding(tried, stream, where);
  if (wrong) return wrong;
  if (tried.ending.state !== 'returned' || !tried.ending.left.tcp)
    throw new NoEvidence('Nothing is known of the socket of a program that came back: its packets cannot be counted');
  const { dataSegments, sentAgain, segmentBytes, unsentBytes, corked } = tried.ending.left.tcp;
  const { count: bytes } = stream.expected;
  if (corked || unsentBytes > 0) return heldBack(where, unsentBytes, corked);
  const segments = dataSegments - sentAgain;
  const least = Math.ceil(bytes / segmentBytes);
  return segments > least ? shortPacket(where, segments, least, bytes) : { bytes, segments };
}

function heldBack(where: Where, bytes: number, corked: boolean): Finding {
  return { code: 'held-back', args: { ...where, bytes, by: corked ? 'TCP_CORK' : 'MSG_MORE' } };
}

function shortPacket(where: Where, segments: number, least: number, bytes: number): Finding {
  return { code: 'short-packet', args: { ...where, segments, least, bytes } };
}
