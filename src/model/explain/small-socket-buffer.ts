import { type Explainer, medianOf } from './situation.ts';

const KIB = 1024;

/**
 * The send buffer holds little, so that a sender which is quick fills it and is put to sleep again and again: each time it
 * waits for the receiver, and is woken. A slow sender never notices.
 */
export const smallSocketBuffer: Explainer = ({ result, series, baseline }) => {
  const every = (one: typeof series) =>
    medianOf(result, one, ({ bytes, voluntarySwitches }) => bytes / Math.max(1, voluntarySwitches));
  const [mine, theirs] = [every(series), every(baseline)];
  if (mine > 512 * KIB) return null;
  const weight = mine <= 64 * KIB ? 0.92 : mine * 4 < theirs ? 0.82 : 0.55;
  return {
    code: 'small-socket-buffer',
    weight,
    args: { bytes: mine, baselineBytes: theirs, link: String(series.factors.link ?? 'tcp') },
  };
};
