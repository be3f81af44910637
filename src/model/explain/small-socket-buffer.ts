import { measureOf } from '../statistics/measure.ts';
import { type Explainer, medianOf } from './situation.ts';

const KIB = 1024;
/** A sleep within each call is the buffer's; one between two of them is an answer that waits for its question. */
const WITHIN_A_CALL = 0.75;

/**
 * The send buffer holds little, so that a sender which is quick fills it and is put to sleep again and again: each time it
 * waits for the receiver, and is woken. A slow sender never notices, unless the buffer holds less than each of its calls.
 */
export const smallSocketBuffer: Explainer = ({ result, series, baseline }) => {
  const every = (one: typeof series) =>
    medianOf(result, one, ({ bytes, voluntarySwitches }) => bytes / Math.max(1, voluntarySwitches));
  const [mine, theirs] = [every(series), every(baseline)];
  const calls = medianOf(result, series, (sample) => measureOf(sample, 'calls') ?? sample.extra?.calls ?? 0);
  const call = calls > 0 ? medianOf(result, series, ({ bytes }) => bytes) / calls : Infinity;
  const oftener = mine * 4 < theirs;
  if (mine > 512 * KIB || (!oftener && mine > WITHIN_A_CALL * call)) return null;
  const weight = mine <= 64 * KIB ? 0.92 : oftener ? 0.82 : 0.55;
  return {
    code: 'small-socket-buffer',
    weight,
    args: { bytes: mine, baselineBytes: theirs, link: String(series.factors.link ?? 'tcp') },
  };
};
