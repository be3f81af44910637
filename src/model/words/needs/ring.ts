/** What io_uring can lack. */
import type { NeedText } from './need-text.ts';

export type RingNeedCode = 'io-uring-off';

export const ringNeeds: Record<RingNeedCode, () => NeedText> = {
  'io-uring-off': () => ({
    why: 'io_uring is switched off (io_uring_setup: EPERM)',
    remedy:
      'Allow it with sysctl kernel.io_uring_disabled=0; in a container, allow io_uring_setup in its seccomp profile.',
  }),
};
