/** Why no lab of this copy decides a claim, or a part of one. */
import type { Untested } from './claim.ts';

/** A lab that would decide it and is not there yet; a test finds the ones that have come. */
export const needsLab = (lab: string, part?: string): Untested => ({
  why: { code: 'lab-missing', args: { lab } },
  ...(part === undefined ? {} : { part }),
});

/** A lab of a real system, which is not there yet either. */
export const needsSystem = (lab: string, part?: string): Untested => ({
  why: { code: 'system-missing', args: { lab } },
  ...(part === undefined ? {} : { part }),
});

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
