/** Why no lab of this copy decides a claim, or a part of one. */
import type { Untested } from './claim.ts';

/** DMA takes a device: nothing on loopback, and nothing in a guest, can show it. */
export const needsCard = (part?: string): Untested => ({
  why: { code: 'no-card', args: {} },
  ...(part === undefined ? {} : { part }),
});

/** Nothing that a machine could decide. @param because a clause that follows `no lab decides it:` */
export const noLab = (because: string, part?: string): Untested => ({
  why: { code: 'no-lab', args: { because } },
  ...(part === undefined ? {} : { part }),
});
