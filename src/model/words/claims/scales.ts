/** Both scales of verdicts in words. */
import type { MachineVerdict, SourceVerdict } from '../../claims/claim.ts';

/** What the sources say. */
export const sourceWords: Readonly<Record<SourceVerdict, string>> = {
  true: 'True',
  conditional: 'True, with conditions',
  misleading: 'Misleading',
  false: 'False',
  'no-source': 'No source',
};

/** What a machine showed. */
export const machineWords: Readonly<Record<MachineVerdict, string>> = {
  held: 'Held here',
  'not-held': 'Did not hold here',
  'too-noisy': 'Too noisy to say',
  'not-run': 'Not run',
  'cannot-run': 'Cannot run here',
};
