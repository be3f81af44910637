/**
 * The English of warnings: what is wrong with a number, and what helps. Ordered by how much they put a result in doubt.
 */
import type { Warning } from '../result.ts';
import { capital } from './capital.ts';
import { type FactorWords, formatFactors, placePhrase } from './factors.ts';
import { formatBytes, formatDuration, formatPercent, formatSpread } from './units.ts';

/**
 * What each warning can say about itself. A sentence goes without what it was not given. Shares are between 0 and 1.
 */
export interface WarningArgs {
  throttled: { samples?: number; of?: number };
  'baseline-differs': { ratio?: number; link?: string; chunk?: number };
  'evicted-pages': { bytes?: number };
  'too-wide': { halfWidth?: number; link?: string; chunk?: number };
  'busy-machine': { share?: number };
  'cpu-steal': { share?: number };
  'too-short': { wallNs?: number };
  pacing: { congestionControl?: string };
  'one-cpu': Record<never, never>;
  'java-not-warm': { bytes?: number; seconds?: number };
  'broker-unseen': { why?: 'elsewhere' | 'no-process' | 'other-program'; program?: string };
  'small-files': { bytes?: number; emptyCallNs?: number };
  'frequency-scaling': { governor?: string };
  'tmpfs-work-folder': { fileSystem?: string };
  'virtual-machine': { virtualisation?: string };
  loopback: Record<never, never>;
  'untried-architecture': { arch?: string };
  'time-accounting': { accounting?: 'on' | 'off' | 'unknown' };
}
export type WarningCode = keyof WarningArgs;

/** `text` says what is the matter, `remedy` what helps; null where nothing does. Both are whole sentences. */
export interface WarningText {
  readonly text: string;
  readonly remedy: string | null;
}

/** Makes a warning whose arguments fit its code. */
export function warning<C extends WarningCode>(code: C, args: WarningArgs[C]): Warning {
  return { code, args: args as Warning['args'] };
}

/** Why the process of a broker is not weighed. */
const unseen = {
  elsewhere: () => 'it runs on another machine',
  'no-process': () => 'its process is not seen from here, being of another user or in a container',
  'other-program': (program?: string) =>
    `what listens there (${program ?? 'another program'}) is no Java program, and may only pass on what comes`,
};

const warnings: { [C in WarningCode]: (args: WarningArgs[C], words: FactorWords) => WarningText } = {
  throttled: ({ samples, of }) => ({
    text: `The CPU limit of this container stopped the run${samples && of ? ` in ${samples} of ${of} samples` : ''}.`,
    remedy: 'Raise the limit (cpu.max), or run outside the container.',
  }),
  'baseline-differs': ({ ratio, ...factors }, words) => {
    const place = placeOf(factors, words);
    const by = ratio ? ` by ${formatPercent(offBy(ratio))}` : '';
    return {
      text: `${overLink(factors) ? `${capital(place)} the` : place ? `${capital(place)}: the` : 'The'} same path run twice differed${by}: too noisy to say.`,
      remedy: 'Stop what else is running and run it again; --rounds 15 steadies it.',
    };
  },
  'evicted-pages': ({ bytes }) => ({
    text: `${bytes ? formatBytes(bytes) : 'A part'} of the file fell out of memory during the run, so some samples read the disk.`,
    remedy: 'Free memory, or take a smaller file with --size.',
  }),
  'too-wide': ({ halfWidth, ...factors }, words) => {
    const place = placeOf(factors, words);
    const size = halfWidth ? ` (${formatSpread(halfWidth)})` : '';
    return {
      text: `The noise${overLink(factors) ? ` ${place}${size}` : place ? ` (${[size.slice(2, -1), place].filter(Boolean).join('; ')})` : size} is too large to see small differences.`,
      remedy: 'Take more rounds (--rounds 15), on a quiet machine.',
    };
  },
  'busy-machine': ({ share }) => ({
    text: `Other programs used ${share ? formatPercent(share) : 'a part'} of the CPU time during the run.`,
    remedy: 'Close them and run it again.',
  }),
  'cpu-steal': ({ share }) => ({
    text: `The hypervisor gave ${share ? formatPercent(share) : 'a part'} of the CPU time to other machines.`,
    remedy: 'Run it at another time, or on a machine that is not shared.',
  }),
  'too-short': ({ wallNs }) => ({
    text: `The samples are short${wallNs ? ` (${formatDuration(wallNs)})` : ''}, so starting and stopping weigh in them.`,
    remedy: 'Move more bytes a sample with --size.',
  }),
  'java-not-warm': ({ bytes, seconds }) => ({
    text: `Java had served only ${bytes ? formatBytes(bytes) : 'little'}${seconds ? `, for ${seconds} s,` : ''} by each listener before the first sample, and may not have compiled everything yet.`,
    remedy: 'Run it without --quick.',
  }),
  'broker-unseen': ({ why, program }) => ({
    text: `The broker's CPU time is not known${why ? `: ${unseen[why](program)}` : ''}.`,
    remedy: 'Run it on the machine of the broker, as its user or as root.',
  }),
  pacing: ({ congestionControl }) => ({
    text: `TCP spreads its sending over time here (${congestionControl ?? 'its algorithm'} paces), which lengthens wall times.`,
    remedy:
      "Allow another algorithm: sudo sysctl -w net.ipv4.tcp_allowed_congestion_control='reno cubic' (after modprobe tcp_cubic).",
  }),
  'one-cpu': () => ({
    text: 'There is one CPU for sender and receiver: wall times are not compared.',
    remedy: 'Allow the run a second CPU.',
  }),
  'small-files': ({ bytes, emptyCallNs }) => ({
    text: `${bytes ? `${formatBytes(bytes)} a call is little` : 'The calls move little'}: an empty call alone costs ${emptyCallNs ? formatDuration(emptyCallNs) : 'something too'}.`,
    remedy: 'Read differences below 64 KiB against that cost.',
  }),
  'frequency-scaling': ({ governor }) => ({
    text: `The CPU may change its clock during the run${governor ? ` (governor ${governor})` : ''}.`,
    remedy: 'sudo cpupower frequency-set -g performance',
  }),
  'tmpfs-work-folder': ({ fileSystem }) => ({
    text: `The work folder is on ${fileSystem ?? 'tmpfs'}, so no disk takes part and cold reads cannot be measured.`,
    remedy: 'Point --work or ZC_WORK at a folder on a local disk.',
  }),
  'virtual-machine': ({ virtualisation }) => ({
    text: `This is a virtual machine${virtualisation ? ` (${virtualisation})` : ''}: nothing here says anything about DMA.`,
    remedy: 'Run it on bare metal to see the hardware.',
  }),
  loopback: () => ({
    text: 'Over loopback no network card takes part, and the receiver copies every byte it reads.',
    remedy: 'Read the ratios, and expect others between two machines.',
  }),
  'untried-architecture': ({ arch }) => ({
    text: `Counting was written for ${arch ?? 'this processor'} without a machine to try it on.`,
    remedy: 'Hold the numbers against those of a guest on x86-64 before you rely on them.',
  }),
  'time-accounting': ({ accounting }) =>
    accounting === 'on'
      ? {
          text: "This kernel keeps interrupt work out of every process's CPU time: part of the network's work is not in it.",
          remedy: "See the whole machine's CPU beside it with --verbose.",
        }
      : {
          text: `This kernel ${accounting === 'off' ? 'books' : 'may book'} interrupt work on whichever process was running.`,
          remedy: 'Compare the total of sender and receiver, not one of them alone.',
        },
};

/**
 * Says a warning. A code that this copy does not know is named as it is.
 *
 * @param words what the lab calls its own factors
 */
export function warningText({ code, args }: Warning, words: FactorWords = {}): WarningText {
  if (isWarningCode(code))
    return (warnings[code] as (args: Warning['args'], words: FactorWords) => WarningText)(args, words);
  return { text: `The run left a warning '${code}' that this copy has no words for.`, remedy: 'Update this copy.' };
}

/** The most important first; unknown codes lead, because nobody can say how much they matter. */
export function byImportance(list: readonly Warning[]): Warning[] {
  const order = Object.keys(warnings);
  return [...list].sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
}

function isWarningCode(code: string): code is WarningCode {
  return Object.hasOwn(warnings, code);
}

/** `over loopback TCP`, `50 consumers`; empty where nothing is to be said. */
function placeOf(factors: Readonly<Record<string, string | number | undefined>>, words: FactorWords): string {
  const said = Object.entries(factors).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  return placePhrase(formatFactors(Object.fromEntries(said), undefined, words), overLink(factors));
}

function overLink(factors: { readonly link?: unknown }): boolean {
  return factors.link !== undefined;
}

function offBy(ratio: number): number {
  return Math.max(ratio, 1 / ratio) - 1;
}
