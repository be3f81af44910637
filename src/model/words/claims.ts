/** What is said of claims and verdicts: both scales, the reasons why nothing was decided, and the numbers behind a finding. */
import type { MachineVerdict, Quantity, Reason, Shown, SourceVerdict, Untested } from '../claims/claim.ts';
import { formatFactors } from './factors.ts';
import { needText } from './needs.ts';
import { formatBytes, formatCount, formatPercent } from './units.ts';

/** What the sources say. */
export const sourceWords: Readonly<Record<SourceVerdict, string>> = {
  true: 'True',
  conditional: 'True, with conditions',
  misleading: 'Misleading',
  false: 'False',
  'no-source': 'No source',
};

/** What a machine showed. */
export const machineWords: Readonly<Record<MachineVerdict, string>> = {
  held: 'Held here',
  'not-held': 'Did not hold here',
  'too-noisy': 'Too noisy to say',
  'not-run': 'Not run',
  'cannot-run': 'Cannot run here',
};

/** Why there is no verdict, as a clause without its full stop, and what would bring one; null where nothing would. */
export function reasonText({ code, args }: Reason): { readonly why: string; readonly remedy: string | null } {
  const own = reasons[code];
  return own ? own(args) : needText({ why: code, args: { ...args } });
}

type Args = Reason['args'];

const rerun = (lab: Args[string] | undefined) => `Run it again: ./zc run ${lab ?? 'LAB'}`;

const reasons: Readonly<Record<string, (args: Args) => { why: string; remedy: string | null }>> = {
  'lab-missing': ({ lab }) => ({ why: `it needs the lab ${lab}, which this copy does not have yet`, remedy: null }),
  'system-missing': ({ lab }) => ({
    why: `it needs the lab ${lab}, of a real system, which this copy does not have yet`,
    remedy: null,
  }),
  'no-card': () => ({
    why: 'it needs a network card and a second machine: what a device moves by DMA is not seen on loopback',
    remedy: null,
  }),
  'no-lab': ({ because }) => ({ why: `no lab decides it: ${because}`, remedy: null }),
  'no-result': ({ lab }) => ({ why: `there is no result of the lab ${lab} yet`, remedy: `Run it: ./zc run ${lab}` }),
  'other-kind': ({ kind, expected }) => ({
    why: `the result is of kind ${kind}, and not of kind ${expected}`,
    remedy: null,
  }),
  'series-missing': ({ lab, variant, ...factors }) => ({
    why: `the result has no series of ${[variant, formatFactors(factors)].filter((part) => part !== '').join(', ')}`,
    remedy: rerun(lab),
  }),
  'not-counted': () => ({ why: 'the result lacks what would have to be counted', remedy: null }),
  'unclear-proof': ({ variant }) => ({ why: `the overwrite test gave no clear answer for ${variant}`, remedy: null }),
  'check-failed': ({ variant }) => ({ why: `a cross-check of the overwrite test failed for ${variant}`, remedy: null }),
  'nothing-shared': () => ({
    why: 'sendfile itself handed on no pages of the file on this machine, so there is nothing to compare with',
    remedy: 'Use a work folder on a local disk: --work FOLDER',
  }),
  'too-few-rounds': ({ lab, rounds, needed }) => ({
    why: `a verdict takes ${needed} rounds, and there are ${rounds}`,
    remedy: `Run more: ./zc run ${lab} --rounds ${needed}`,
  }),
  'one-cpu': () => ({ why: 'sender and receiver shared one CPU, so times say nothing about the paths', remedy: null }),
  'memory-unclear': ({ lab }) => ({
    why: "other programs took and gave back more memory than this lab's own",
    remedy: rerun(lab),
  }),
  'baseline-differs': ({ lab }) => ({ why: 'the baseline differed from itself in this run', remedy: rerun(lab) }),
  'noise-too-wide': ({ lab }) => ({
    why: 'the baseline against itself varied by more than half of what there is to decide',
    remedy: rerun(lab),
  }),
  straddles: ({ lab }) => ({
    why: 'the interval lies on both sides of what the claim asks for',
    remedy: `Run more rounds: ./zc run ${lab} --rounds 31`,
  }),
};

/** A part that no lab decides: `not tested: devices that cannot gather: it needs …`. */
export function untestedText({ part, why }: Untested): string {
  return `${part === undefined ? '' : `${part}: `}${reasonText(why).why}`;
}

/** Variant name → title. */
type Titles = Readonly<Record<string, string>>;

/** A number with what it is: `sendfile, loopback TCP: 0 copies of each byte at the sender`. */
export function shownText(shown: Shown, titles: Titles): string {
  const where = formatFactors(shown.factors);
  return `${titles[shown.variant] ?? shown.variant}${where && `, ${where}`}: ${quantities[shown.what](shown, titles)}`;
}

const times = (value: number, one: string, many: string) =>
  `${Number.isInteger(value) ? formatCount(value) : value.toFixed(2)} ${value === 1 ? one : many}`;
const copies = ({ value }: Shown) => times(value, 'copy', 'copies');
const counted = (value: number, one: string) => `${formatCount(value)} ${value === 1 ? one : `${one}s`}`;
const ratio = (thing: string) => (shown: Shown, titles: Titles) => {
  const { value, low, high, than } = shown;
  const other = ` than ${than ? (titles[than.variant] ?? than.variant) : 'the baseline'}`;
  const where = than?.factors ? `, ${formatFactors(than.factors)}` : '';
  return `${change(value)} ${thing}${other}${where}${low === undefined || high === undefined ? '' : ` (99 %: ${change(low)} to ${change(high)})`}`;
};

const quantities: Readonly<Record<Quantity, (shown: Shown, titles: Titles) => string>> = {
  'sender-copies': (shown) => `${copies(shown)} of each byte by the CPU at the sender`,
  'copies-to-program': (shown) => `${copies(shown)} of each byte into the program`,
  'copies-from-program': (shown) => `${copies(shown)} of each byte from the program into the kernel`,
  references: ({ value }) => `${formatPercent(value)} of the bytes queued as references to pages`,
  encryptions: (shown) => `${times(shown.value, 'encryption', 'encryptions')} of each byte in the kernel`,
  calls: ({ value }) => counted(value, 'system call'),
  crossings: ({ value }) => `${counted(value, 'crossing')} between program and kernel by system calls`,
  switches: ({ value }) => `${counted(value, 'context switch').replace(/switchs$/, 'switches')}`,
  'queued-bytes': ({ value }) => `${formatBytes(value)} taken by the call before anybody read`,
  'old-bytes': ({ value }) => `${formatBytes(value)} arrived as they were during the call`,
  'new-bytes': ({ value }) => `${formatBytes(value)} arrived as they were written afterwards`,
  'wire-packets': ({ value }) => `${counted(value, 'packet')} on the wire`,
  'wire-bytes': ({ value }) => `${formatBytes(value)} on the wire, headers included`,
  'held-memory': ({ value }) => `${formatBytes(value)} of memory held`,
  'cpu-growth': (shown) =>
    `${times(shown.value, 'time', 'times')} the CPU that a quarter of them take${between(shown)}`,
  'busy-share': ({ value }) => `${formatPercent(value)} of its core used by the sender`,
  'neighbour-work': ratio('work finished by the neighbour'),
  'seen-bytes': ({ value }) => `${formatBytes(value)} of a change seen by others, without any call`,
  'kernel-bytes': ({ value }) => `${formatBytes(value)} of the kernel's own memory`,
  'resident-bytes': ({ value }) => `${formatBytes(value)} more resident size`,
  'taken-bytes': ({ value }) => `${formatBytes(Math.max(0, value))} of the available memory taken`,
  'minor-faults': ({ value }) => counted(value, 'minor page fault'),
  'major-faults': ({ value }) => counted(value, 'major page fault'),
  'access-time': ratio('time for an access to other memory'),
  latency: ratio('time until half of the replies were there'),
  'total-cpu': ratio('CPU of sender and receiver'),
  'wall-time': ratio('time'),
};

/** The interval of a factor: ` (99 %: 3.9 to 4.3)`. */
const between = ({ low, high }: Shown) =>
  low === undefined || high === undefined ? '' : ` (99 %: ${low.toFixed(2)} to ${high.toFixed(2)})`;

/** A ratio as a difference: `51 % less`. */
function change(value: number): string {
  return value < 1 ? `${formatPercent(1 - value)} less` : `${formatPercent(value - 1)} more`;
}
