/** What is measured, in words: its name, its unit, and the verb that goes with it. */
import type { CatalogueEntry } from '../catalogue.ts';
import type { Measure, Per } from '../statistics/measure.ts';
import { formatBytes, formatCount, formatDuration, formatPercent } from './units.ts';

/** What the catalogue says of a lab's own numbers. */
export type Quantities = CatalogueEntry['quantities'];
export type QuantityUnit = NonNullable<Quantities>[string]['unit'];

export interface MeasureWords {
  /** Heading of a column or an axis: `total CPU`. */
  readonly title: string;
  readonly unit: QuantityUnit;
  /** `spent` … `CPU`: the verb and what follows it in a comparison. */
  readonly did: string;
  readonly thing: string;
  /** What the number is of, where that must be said: `sender and receiver together`; else empty. */
  readonly scope: string;
  /** To stand beside a headline: `sender's CPU`. */
  readonly short: string;
  /** `less` CPU, `fewer` calls. */
  readonly less: 'less' | 'fewer';
}

/** @param quantities the lab's, for `extra.…` */
export function measureWords(measure: Measure, quantities: Quantities = {}): MeasureWords {
  if (Object.hasOwn(WORDS, measure)) return WORDS[measure as keyof typeof WORDS];
  if (measure.startsWith('latency.p')) {
    const title = measure === 'latency.p50' ? 'median' : `${measure.slice(9)} %`;
    return { title, unit: 'ns', did: 'took', thing: `time (${title})`, scope: '', short: title, less: 'less' };
  }
  const own = quantities[measure.slice('extra.'.length)];
  const title = own?.title ?? measure.slice('extra.'.length);
  return {
    title,
    unit: own?.unit ?? 'count',
    did: 'had',
    thing: inSentence(title),
    scope: '',
    short: title,
    less: 'less',
  };
}

/** A title inside a sentence: `Memory held` as `memory held`, while `CPU` and `MemAvailable` stay. */
export function inSentence(title: string): string {
  const [first = ''] = title.split(' ');
  return /^[A-Z][a-z]*$/.test(first) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

const ns = { unit: 'ns', less: 'less' } as const;
const counted = { unit: 'count', scope: '', less: 'fewer' } as const;

const WORDS = {
  totalCpuNs: {
    ...ns,
    title: 'total CPU',
    did: 'spent',
    thing: 'CPU',
    scope: 'sender and receiver together',
    short: 'total CPU',
  },
  senderCpuNs: {
    ...ns,
    title: "sender's CPU",
    did: 'spent',
    thing: 'CPU',
    scope: 'at the sender',
    short: "sender's CPU",
  },
  receiverCpuNs: {
    ...ns,
    title: "receiver's CPU",
    did: 'spent',
    thing: 'CPU',
    scope: 'at the receiver',
    short: "receiver's CPU",
  },
  wallNs: { ...ns, title: 'wall time', did: 'took', thing: 'time', scope: '', short: 'wall time' },
  minorFaults: {
    ...counted,
    title: 'minor faults',
    did: 'took',
    thing: 'minor page faults',
    short: 'minor faults',
  },
  majorFaults: {
    ...counted,
    title: 'major faults',
    did: 'took',
    thing: 'major page faults',
    short: 'major faults',
  },
  switches: {
    ...counted,
    title: 'switches',
    did: 'made',
    thing: 'context switches',
    short: 'switches',
  },
  calls: { ...counted, title: 'calls', did: 'made', thing: 'system calls', short: 'calls' },
  peakMemoryBytes: {
    title: 'peak memory',
    unit: 'bytes',
    did: 'used',
    thing: 'memory',
    scope: 'at the peak',
    short: 'peak memory',
    less: 'less',
  },
} as const satisfies Readonly<Record<string, MeasureWords>>;

/** The work of one process only: no receiver to speak of. */
export function workerWords(words: MeasureWords): MeasureWords {
  return words.title === 'total CPU' ? { ...words, title: 'CPU', scope: '', short: 'CPU' } : words;
}

/** One value with its unit: `1.2 µs`, `64 KiB`, `12 %`, `1,200 a second`, `yes`. */
export function formatQuantity(value: number, unit: QuantityUnit): string {
  if (unit === 'yes-no') return yesNo(value);
  if (value < 0) return `−${formatQuantity(-value, unit)}`;
  if (unit === 'ns') return value === 0 ? '0' : formatDuration(value);
  if (unit === 'bytes') return value === 0 ? '0' : formatBytes(value);
  if (unit === 'share') return formatPercent(value);
  return unit === 'per-second' ? `${formatNumber(value)} a second` : formatNumber(value);
}

/** 1 is yes and 0 is no in every sample; a median between them was both. */
function yesNo(value: number): string {
  if (value === 0) return 'no';
  return value === 1 ? 'yes' : 'sometimes';
}

/** A count, with decimals only while they say something: `0.25`, `17.5`, `1,024`. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return formatCount(value);
  return SMALL.format(value);
}

const SMALL = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** What a number is divided by, to stand behind its unit: `per GiB`; empty for a whole sample. */
export function perText(per: Per): string {
  return per === 'sample' ? '' : per === 'GiB' ? 'per GiB' : 'each time';
}
