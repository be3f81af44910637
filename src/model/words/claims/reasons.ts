/** Why a claim has no verdict, by code. */
import type { Reason } from '../../claims/claim.ts';
import { formatFactors } from '../factors.ts';
import type { NeedText, SayNeed } from '../needs/need-text.ts';

type Args = Reason['args'];

const rerun = (lab: Args[string] | undefined) => `Run it again: ./zc run ${lab ?? 'LAB'}`;

/** As a clause without its full stop, and what would bring a verdict; null where nothing would. */
const reasons: Readonly<Record<string, (args: Args) => NeedText>> = {
  'no-card': () => ({
    why: 'it needs a network card and a second machine: what a device moves by DMA is not seen on loopback',
    remedy: null,
  }),
  'no-lab': ({ because }) => ({ why: `no lab decides it: ${because}`, remedy: null }),
  'no-result': ({ lab }) => ({ why: `there is no result of the lab ${lab} yet`, remedy: `Run it: ./zc run ${lab}` }),
  'other-kind': ({ kind, expected }) => ({
    why: `the result is of kind ${kind}, and not of kind ${expected}`,
    remedy: null,
  }),
  'series-missing': ({ lab, variant, ...factors }) => ({
    why: `the result has no series of ${[variant, formatFactors(factors)].filter((part) => part !== '').join(', ')}`,
    remedy: rerun(lab),
  }),
  'not-counted': () => ({ why: 'the result lacks what would have to be counted', remedy: null }),
  'unclear-proof': ({ variant }) => ({ why: `the overwrite test gave no clear answer for ${variant}`, remedy: null }),
  'check-failed': ({ variant }) => ({ why: `a cross-check of the overwrite test failed for ${variant}`, remedy: null }),
  'nothing-shared': () => ({
    why: 'sendfile itself handed on no pages of the file on this machine, so there is nothing to compare with',
    remedy: 'Use a work folder on a local disk: --work FOLDER',
  }),
  'too-few-rounds': ({ lab, rounds, needed }) => ({
    why: `a verdict takes ${needed} rounds, and there are ${rounds}`,
    remedy: `Run more: ./zc run ${lab} --rounds ${needed}`,
  }),
  'nothing-waits': ({ lab }) => ({
    why: 'the disk answered so fast that no program waited for it',
    remedy: `Run it with a work folder on a slower disk: ./zc run ${lab} --work FOLDER`,
  }),
  'one-cpu': () => ({ why: 'sender and receiver shared one CPU, so times say nothing about the paths', remedy: null }),
  'memory-unclear': ({ lab }) => ({
    why: "other programs took and gave back more memory than this lab's own",
    remedy: rerun(lab),
  }),
  'baseline-differs': ({ lab }) => ({ why: 'the baseline differed from itself in this run', remedy: rerun(lab) }),
  'noise-too-wide': ({ lab }) => ({
    why: 'the baseline against itself varied by more than half of what there is to decide',
    remedy: rerun(lab),
  }),
  straddles: ({ lab }) => ({
    why: 'the interval lies on both sides of what the claim asks for',
    remedy: `Run more rounds: ./zc run ${lab} --rounds 31`,
  }),
};

/** Why there is no verdict: of the claim, or of the machine. */
export function sayReason({ code, args }: Reason, sayNeed: SayNeed): NeedText {
  return reasons[code]?.(args) ?? sayNeed({ why: code, args: { ...args } });
}
