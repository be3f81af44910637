/** The English of reasons: why a gain that was expected is not there, what speaks for it, and what helps. */
import type { Explained, Reason } from '../explain/index.ts';
import { factorGroups, varyingFactors } from '../statistics/series.ts';
import { type AnswerEntry, titleOf } from './answers/answer.ts';
import { conclude } from './conclusion.ts';
import { formatFactors, placePhrase } from './factors.ts';
import { formatNumber } from './quantities.ts';
import { formatBytes, formatPercent, formatSpread } from './units.ts';

export interface ReasonText {
  /** Why: a clause without a capital or full stop. */
  readonly why: string;
  /** What the samples say of it: a sentence. */
  readonly evidence: string;
  readonly remedy: string;
}

const shares = ({ senderShare = 0, receiverShare = 0 }: Reason['args']) =>
  `The sender had its CPU ${formatPercent(Number(senderShare))} of the time, the receiver ${formatPercent(Number(receiverShare))}.`;

const reasons: Readonly<Record<string, (args: Reason['args']) => ReasonText>> = {
  'receiver-bound': (args) => ({
    why: 'the receiver is the slower end',
    evidence: shares(args),
    remedy: "Look at the sender's CPU, or try --receiver discard.",
  }),
  'receiver-late': (args) => ({
    why: 'the receiver took the bytes late, and no CPU was busy',
    evidence: shares(args),
    remedy: 'See what holds the receiver up: a limit of its CPU, other work, a pause of its own.',
  }),
  'cpu-idle': (args) => ({
    why: 'the CPU is not the bottleneck: the network is',
    evidence: shares(args),
    remedy: 'Count the CPU that is saved, or measure over a faster link.',
  }),
  paced: (args) => ({
    why: 'TCP paces its sending here, so that the CPU waits',
    evidence: shares(args),
    remedy: 'Allow another congestion control: sudo sysctl -w net.ipv4.tcp_allowed_congestion_control="reno cubic".',
  }),
  'small-buffer': ({ bytes = 0, calls = 0 }) => ({
    why: 'the calls move too little: making them is most of the work',
    evidence: `${formatBytes(Math.round(Number(bytes)))} a call${Number(calls) > 0 ? `, ${formatNumber(Math.round(Number(calls)))} calls a transfer` : ''}.`,
    remedy: 'Move 64 KiB or more with each call.',
  }),
  'cold-cache': ({ majorFaults = 0 }) => ({
    why: 'the file was read from the disk, which takes every path the same time',
    evidence: `The run evicted the file first${faultText(majorFaults)}.`,
    remedy: 'Compare with the file in memory.',
  }),
  evicted: ({ share = 0, majorFaults = 0 }) => ({
    why: 'a part of the file was not in memory, and the disk takes every path the same time',
    evidence: `${Number(share) > 0 ? `${formatPercent(Number(share))} of the file` : 'A part of the file'} had fallen out of memory${faultText(majorFaults)}.`,
    remedy: 'Free memory, or take a smaller file with --size.',
  }),
  'small-socket-buffer': ({ bytes = 0, baselineBytes = 0, link = 'tcp' }) => ({
    why: 'the send buffer is small: a quick sender fills it and is put to sleep',
    evidence: `The sender slept once every ${formatBytes(Math.round(Number(bytes)))}, the baseline every ${formatBytes(Math.round(Number(baselineBytes)))}.`,
    remedy:
      link === 'unix'
        ? 'Raise SO_SNDBUF: AF_UNIX does not tune it by itself.'
        : 'Leave SO_SNDBUF to TCP, which tunes it by itself, or raise it.',
  }),
  'bad-slice': ({ pages = 0, headerBytes = 0, segments = 0 }) => ({
    why: 'the slices lie badly: with their header they need one page reference more than a packet buffer of the kernel holds',
    evidence: `Each touches ${pages} pages after a header of ${formatBytes(Number(headerBytes))}${Number(segments) > 0 ? `, and left as ${formatNumber(Number(segments))} segments` : ''}.`,
    remedy: 'Begin slices on a page boundary, or make them a little shorter.',
  }),
  'tls-program': () => ({
    why: 'the program encrypts, so every byte must pass through it',
    evidence: 'The link is TLS by the program itself.',
    remedy: 'Let the kernel encrypt (kTLS), or count what encryption itself costs.',
  }),
  'tls-kernel': () => ({
    why: 'encryption touches every byte, and costs more than the copy that is saved',
    evidence: 'The link is TLS by the kernel.',
    remedy: 'Compare with the same link without TLS.',
  }),
  'page-faults': ({ faults = 0, bytes = 0 }) => ({
    why: 'page faults cost what the copy would have cost',
    evidence: `${formatNumber(Number(faults))} faults a transfer, one every ${formatBytes(Math.round(Number(bytes)))}.`,
    remedy: 'Map once and send often, or use MAP_POPULATE.',
  }),
  throttled: () => ({
    why: 'the CPU limit of this container stopped the run',
    evidence: 'Samples were throttled (cpu.stat).',
    remedy: 'Raise the limit (cpu.max), or run outside the container.',
  }),
  'busy-machine': ({ cpus = 0, of = 1 }) => ({
    why: 'other programs had the CPU',
    evidence: `They kept ${Number(cpus).toFixed(1)} of ${of === 1 ? 'one CPU' : `${of} CPUs`} busy during the run.`,
    remedy: 'Close them and run it again.',
  }),
  'noisy-machine': ({ halfWidth = 0, share = 0, stolen = 0 }) => ({
    why: 'the machine is too noisy to see it',
    evidence: `The same path run twice differs by ${formatSpread(Number(halfWidth))}${Number(share) > 0 ? `; other programs used ${formatPercent(Number(share))} of the CPU time` : ''}${Number(stolen) > 0 ? `; the hypervisor gave ${formatPercent(Number(stolen))} to others` : ''}.`,
    remedy: 'Stop what else is running, and take more rounds: --rounds 15.',
  }),
};

/** Says a reason; one that this copy does not know by its code. */
export function reasonWords({ code, args }: Reason): ReasonText {
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  return known?.(args) ?? { why: `'${code}', a reason that this copy has no words for`, evidence: '', remedy: '' };
}

/** The gain that is missing, as a comparison: `No difference could be seen in the CPU that …`. */
export function missingText({ situation }: Explained, entry: AnswerEntry): string {
  const { result, series, measure, comparison } = situation;
  const place = formatFactors(series.factors, ['link', ...varyingFactors(factorGroups(result))], entry.factors);
  const names = { variant: titleOf(entry, series.variant), baseline: titleOf(entry, result.baseline) };
  return conclude(comparison, { ...names, measure, where: placePhrase(place, series.factors.link !== undefined) }).text;
}

/** For the end of a report: why the first missing gain is missing, in one sentence. */
export function firstReasonText(explained: readonly Explained[], entry: AnswerEntry): string | null {
  const found = explained.find(({ reasons: [first] }) => first !== undefined);
  const [first] = found?.reasons ?? [];
  if (!found || !first) return null;
  const { series, result, measure, state } = found.situation;
  const gain = measure === 'wallNs' ? 'time' : 'CPU';
  const place = formatFactors(series.factors, ['link', ...varyingFactors(factorGroups(result))], entry.factors);
  const overLink = series.factors.link !== undefined;
  const where = place && `${overLink ? ' ' : ', '}${placePhrase(place, overLink)}`;
  const { why, evidence } = reasonWords(first);
  return `${titleOf(entry, series.variant)} ${state === 'reversed' ? `took more ${gain}` : `saved no ${gain}`}${where}: ${why}. ${evidence}`;
}

function faultText(majorFaults: string | number): string {
  return Number(majorFaults) > 0 ? `, ${formatNumber(Number(majorFaults))} major faults a transfer` : '';
}
