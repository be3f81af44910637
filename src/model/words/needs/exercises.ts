/** What only an exercise needs of a machine: that the two things it compares can be told apart here. */
import type { NeedText } from './need-text.ts';

export type ExerciseNeed = 'no-shared-pages' | 'faults-say-nothing' | 'no-readahead';

export const exerciseNeeds: Readonly<Record<ExerciseNeed, () => NeedText>> = {
  'no-shared-pages': () => ({
    why: 'sendfile sends copies on this file system, so nothing that was sent is still a page of the file',
    remedy: 'Point ZC_WORK at a folder on a disk: ext4, XFS or btrfs.',
  }),
  'faults-say-nothing': () => ({
    why: 'one fault brings in so much of a file here that a search cannot be told from a scan',
    remedy: 'Point ZC_WORK at a folder on a disk: ext4, XFS or btrfs.',
  }),
  'no-readahead': () => ({
    why: 'nothing is read ahead on this file system, so there is nothing to predict',
    remedy: 'Point ZC_WORK at a folder on a disk whose read_ahead_kb is not 0: ext4, XFS or btrfs.',
  }),
};
