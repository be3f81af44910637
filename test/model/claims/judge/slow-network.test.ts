/** What the lab slow-network decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import { networkResult as result } from '../../../fixtures/network-result.ts';
import { tryPredicate } from './cases.ts';

describe('slow-network', () => {
  tryPredicate('D1', 'slow-network', [
    ['the neighbour gets more done', result(), 'held'],
    ['he gets less done', result({ neighbour: 0.7 }), 'not-held'],
    ['he gets as much done', result({ neighbour: 1.002 }), 'too-noisy'],
    ['the machine is noisy', result({ noise: 0.6 }), 'too-noisy'],
  ]);
  tryPredicate('D5', 'slow-network', [
    ['it takes as long', result(), 'not-held'],
    ['it takes a little less', result({ wall: { '1gbit': 0.98 } }), 'not-held'],
    ['it takes less', result({ wall: { '1gbit': 0.7 } }), 'held'],
    ['the machine is noisy', result({ noise: 0.3 }), 'too-noisy'],
  ]);
  tryPredicate('E9', 'slow-network', [
    ['it takes as long', result(), 'held'],
    ['it takes as long over loopback, where no cable could be laid', result({ kind: 'tcp' }), 'held'],
    ['it takes less', result({ wall: { '1gbit': 0.7 } }), 'not-held'],
    ['it takes more', result({ wall: { '1gbit': 1.4 } }), 'not-held'],
    ['the sender has no CPU left', result({ busy: 0.97 }), 'not-held'],
    ['the machine is noisy', result({ noise: 0.3 }), 'too-noisy'],
  ]);
  tryPredicate('E14', 'slow-network', [
    ['time and CPU fall', result(), 'held'],
    ['only CPU falls', result({ wall: { unlimited: 0.95 } }), 'not-held'],
    ['only time falls', result({ cpu: 0.97 }), 'not-held'],
    ['the machine is noisy', result({ wall: { unlimited: 0.79 }, cpu: 0.79, noise: 0.2 }), 'too-noisy'],
  ]);
});
