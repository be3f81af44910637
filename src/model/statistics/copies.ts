import type { CopyPlace, CountSample } from '../count-sample.ts';
import type { CountResult, CountSeries, Factors } from '../result.ts';
import { factorGroups, seriesOf } from './series.ts';

/** Places in the order in which the payload passes them. */
export const copyPlaces: readonly CopyPlace[] = ['fileToUser', 'userToKernel', 'inKernel', 'kernelToReceiver', 'other'];

/** Copies of each payload byte: how often the CPU copied it, on the average over the bytes. */
export interface CopiesPerByte {
  readonly places: Readonly<Record<CopyPlace, number>>;
  /** All places but the receiver's: the number that the articles argue about, without what devices do by DMA. */
  readonly sender: number;
  readonly total: number;
  /** Share of the payload that went on as references to pages. */
  readonly referenced: number;
  /** The least and the most total of one transfer. */
  readonly range: readonly [number, number];
}

/** Summarises the counted transfers of one series; undefined when nothing of the kernel's was counted in it. */
export function copiesPerByte({ samples }: Pick<CountSeries, 'samples'>): CopiesPerByte | undefined {
  const counted = samples.filter((one) => one.copiedBytes !== undefined && one.payloadBytes > 0);
  if (counted.length === 0) return undefined;
  const payload = counted.reduce((sum, { payloadBytes }) => sum + payloadBytes, 0);
  const perByte = (bytes: (sample: CountSample) => number) =>
    counted.reduce((sum, sample) => sum + bytes(sample), 0) / payload;
  const places = Object.fromEntries(
    copyPlaces.map((place) => [place, perByte(({ copiedBytes }) => copiedBytes?.[place] ?? 0)]),
  ) as Record<CopyPlace, number>;
  const total = perByte(({ copiedTotal }) => copiedTotal ?? 0);
  const totals = counted.map(({ copiedTotal, payloadBytes }) => (copiedTotal ?? 0) / payloadBytes);
  return {
    places,
    sender: total - places.kernelToReceiver,
    total,
    referenced: perByte(({ referencedBytes }) => referencedBytes ?? 0),
    range: [Math.min(...totals), Math.max(...totals)],
  };
}

/** Factors that the other groups of a lab are variations of: the first that were counted. */
export function plainFactors(result: CountResult): Factors {
  return factorGroups(result)[0] ?? {};
}

/** Copies of a variant with exactly these factors. */
export function copiesOf(result: CountResult, variant: string, factors: Factors): CopiesPerByte | undefined {
  const series = seriesOf(result, variant, factors);
  return series && copiesPerByte(series);
}
