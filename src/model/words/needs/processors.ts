/** What the processors of a machine can lack. */
import type { CannotRun } from '../../result.ts';
import type { NeedText } from './need-text.ts';

export type ProcessorNeedCode = 'no-second-cpu' | 'no-shootdown-count';

type Args = CannotRun['args'];

export const processorNeeds: Record<ProcessorNeedCode, (args: Args) => NeedText> = {
  'no-second-cpu': () => ({
    why: 'there is one CPU, and the other thread needs one of its own',
    remedy: 'Allow the run a second CPU.',
  }),
  'no-shootdown-count': ({ arch }) => ({
    why: `this kernel does not count TLB shootdowns${arch ? ` on ${arch}` : ''} (/proc/interrupts)`,
    remedy: 'Run it on x86-64, whose processors have to be interrupted for them.',
  }),
};
