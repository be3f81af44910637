import { bytesOf, measureOf } from '../statistics/measure.ts';
import { type Explainer, medianOf } from './situation.ts';

const KIB = 1024;

/** The calls move so little that making them is most of the work, whichever way the bytes go. */
export const smallBuffer: Explainer = ({ result, series }) => {
  const calls = medianOf(result, series, (sample) => measureOf(sample, 'calls') ?? sample.extra?.calls ?? 0);
  const moved = medianOf(result, series, bytesOf);
  const { chunk } = series.factors;
  const bytes = calls > 0 ? moved / calls : typeof chunk === 'number' ? chunk : Infinity;
  if (bytes > 16 * KIB) return null;
  return { code: 'small-buffer', weight: bytes <= 4 * KIB ? 0.9 : 0.7, args: { bytes, calls } };
};
