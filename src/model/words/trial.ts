/** What a check is about to try, a line each. */
import type { Trial } from '../trial.ts';
import { where } from './findings/sentence.ts';
import { formatCount } from './units.ts';

export function trialText(trial: Trial): string {
  switch (trial.state) {
    case 'trying':
      return `Trying: ${where(trial.about).replace(/[:,]? ?$/, '')}`;
    case 'counting':
      return 'Counting on this machine what is right';
    case 'asking': {
      const questions = trial.questions === 1 ? '1 question' : `${formatCount(trial.questions)} questions`;
      return `Asking your file ${questions}${trial.traced ? ', under strace' : ''}`;
    }
  }
}
