import { type Explainer, medianOf } from './situation.ts';

const PAGE_BYTES = 4096;
/** Page references that a packet buffer of the kernel holds: MAX_SKB_FRAGS, include/linux/skbuff.h. */
const MOST_FRAGMENTS = 17;

/**
 * The slices lie badly: with their header they need one page reference more than a packet buffer holds, so each leaves as two
 * segments and wakes the receiver twice. Copied bytes are packed, and leave as one.
 */
export const badSlice: Explainer = ({ result, series }) => {
  const { chunk, headerBytes, offsetBytes } = series.factors;
  if (typeof chunk !== 'number' || headerBytes === undefined || offsetBytes === undefined) return null;
  const pages = Math.ceil(((Number(offsetBytes) % PAGE_BYTES) + chunk) / PAGE_BYTES);
  const fragments = pages + (Number(headerBytes) > 0 ? 1 : 0);
  // A slice of several buffers is cut up anyway.
  if (fragments <= MOST_FRAGMENTS || chunk > (MOST_FRAGMENTS - 1) * PAGE_BYTES) return null;
  const segments = medianOf(result, series, ({ extra }) => extra?.segmentsPerAnswer ?? 0);
  return { code: 'bad-slice', weight: 0.89, args: { pages, headerBytes: Number(headerBytes), segments } };
};
