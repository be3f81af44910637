/** What counted transfers say: how many calls each way made, whether its path model said so, and how often it switched. */
import type { CountSample } from '../count-sample.ts';
import { paths } from '../paths/index.ts';
import { MAX_CALL_BYTES } from '../paths/path.ts';
import type { CountResult, CountSeries, Factors } from '../result.ts';
import { capital } from './capital.ts';
import { formatFactor, formatFactors } from './factors.ts';
import { formatBytes, formatCount } from './units.ts';

/** Calls of a sample together; null where nobody counted them. */
export function allCalls({ calls }: Pick<CountSample, 'calls'>): number | null {
  return calls && Object.values(calls).reduce((sum, count) => sum + count, 0);
}

/** Context switches of a sample, of both kinds; null where nobody counted them. */
export function allSwitches({ voluntarySwitches, involuntarySwitches }: CountSample): number | null {
  if (voluntarySwitches === undefined || involuntarySwitches === undefined) return null;
  return voluntarySwitches + involuntarySwitches;
}

/** Page faults of a sample; null where nobody counted them. */
export function allFaults({ minorFaults, majorFaults }: CountSample): number | null {
  return minorFaults === undefined || majorFaults === undefined ? null : minorFaults + majorFaults;
}

/** The middle of what the samples of a series have; null where one has none. */
export function middleOf(
  { samples }: Pick<CountSeries, 'samples'>,
  of: (sample: CountSample) => number | null,
): number | null {
  const values = samples.map(of);
  if (values.some((value) => value === null)) return null;
  return (values as number[]).sort((a, b) => a - b)[(values.length - 1) >> 1] ?? null;
}

/** A call count that differs from what its path model predicts. */
export interface Difference {
  readonly variant: string;
  readonly factors: Factors;
  readonly call: string;
  readonly counted: number;
  readonly predicted: number;
}

/** How many series have a path model and counted calls, and where a count differs from the model. */
export interface Prediction {
  readonly of: number;
  readonly differences: readonly Difference[];
}

/** Holds the counts against the path models. Node's stream has none, and is left out. */
export function predictions({ series }: CountResult): Prediction {
  const differences: Difference[] = [];
  let of = 0;
  for (const { variant, factors, samples } of series) {
    const path = paths.find(({ technique }) => variant === technique || variant === `${technique}-polling`);
    const [sample] = samples;
    if (!path || !sample?.calls) continue;
    of++;
    const chunk = typeof factors.chunk === 'number' ? factors.chunk : MAX_CALL_BYTES;
    for (const [call, predicted] of Object.entries(path.calls(sample.payloadBytes, chunk))) {
      const counted = sample.calls[call] ?? 0;
      if (counted !== predicted) differences.push({ variant, factors, call, counted, predicted });
    }
  }
  return { of, differences };
}

type Titles = Readonly<Record<string, string>>;

/** Whether the path models were right, in one sentence, and why not where they were not. */
export function predictionText(result: CountResult, titles: Titles): string {
  const { of, differences } = predictions(result);
  if (of === 0) return 'No calls were counted that a path model predicts.';
  const wrong = new Set(differences.map(({ variant, factors }) => `${variant} ${JSON.stringify(factors)}`)).size;
  const right = `${formatCount(of - wrong)} of ${formatCount(of)} counts are exactly what the path models predict`;
  const most = [...differences].sort((a, b) => b.counted / b.predicted - a.counted / a.predicted)[0];
  if (!most) return `${right}.`;
  const { variant, factors, call, counted, predicted } = most;
  const why =
    counted > predicted
      ? 'a call takes no more than fits into the send buffer, and is made again for the rest'
      : 'a call took more than it was predicted to';
  return `${right}. The others differ by short counts: ${titles[variant] ?? variant} over ${formatFactors(factors, ['link'])} made ${times(counted, call)} instead of ${formatCount(predicted)}, because ${why}.`;
}

/** The most telling pair of numbers: a path that makes hardly any call and switches often. Null where there is none. */
export function surprise({ series }: CountResult): { series: CountSeries; calls: number; switches: number } | null {
  const pairs = series
    .filter(({ variant, factors }) => variant === 'sendfile' && factors.chunk === 'whole')
    .map((one) => ({ series: one, calls: middleOf(one, allCalls), switches: middleOf(one, allSwitches) }));
  const best = pairs.sort((a, b) => (b.switches ?? 0) - (a.switches ?? 0))[0];
  if (!best || best.calls === null || best.switches === null || best.switches <= best.calls) return null;
  return { series: best.series, calls: best.calls, switches: best.switches };
}

/** Says what was found: the calls of the baseline and of sendfile, and that switches do not follow them. */
export function concludeCounts(result: CountResult, titles: Titles): string {
  const found = surprise(result);
  const payload = result.series[0]?.samples[0]?.payloadBytes ?? 0;
  const of = `for ${formatBytes(payload)}`;
  const where = found ? found.series.factors.link : result.series[0]?.factors.link;
  const baseline = result.series
    .filter(({ variant, factors }) => variant === result.baseline && factors.link === where)
    .at(-1);
  const base = baseline && middleOf(baseline, allCalls);
  const against =
    baseline && base !== null && base !== undefined
      ? `${titles[baseline.variant] ?? baseline.variant} made ${times(base, 'call')} ${of} with ${formatFactor('chunk', baseline.factors.chunk ?? 0)}`
      : 'Nothing was counted of the baseline';
  if (!found) return `${capital(against)}. No way of sending switched more often than it called.`;
  const switches = baseline && middleOf(baseline, allSwitches);
  const besides = switches === null || switches === undefined ? '' : ` and switched ${times(switches, 'time')}`;
  const place = formatFactors(found.series.factors, ['link']);
  return `sendfile made ${times(found.calls, 'call')} ${of} and switched ${times(found.switches, 'time')} while it waited, over ${place}; ${against}${besides}.`;
}

/** What the numbers mean, and what not. */
export const countsMeaning =
  'A call crosses into the kernel and comes back; a context switch gives the processor to somebody else, whenever the sender has to wait for room. Fewer copies and fewer calls are not fewer context switches.';

function times(count: number, what: string): string {
  const name =
    what === 'call' || what === 'time'
      ? count === 1
        ? what
        : `${what}s`
      : `${what} ${count === 1 ? 'call' : 'calls'}`;
  return `${formatCount(count)} ${name}`;
}
