/**
 * The Hodges–Lehmann estimate and the exact interval that belongs to the Wilcoxon signed-rank test: Hollander, Wolfe
 * and Chicken, Nonparametric Statistical Methods, 3rd edition, sections 3.1 to 3.3.
 *
 * It asks only that each round's log ratio is symmetric about the true one, and it holds its promise at seven rounds,
 * where a bootstrap of the median does not.
 *
 * Ties and zeros: none is dropped and nothing is corrected. The interval is closed and made of Walsh averages, which
 * need no ranks; with tied values it covers at least as often as promised (the test that throws zeros away would not).
 */

/**
 * A centre and its interval, in the unit of the values. `achieved` is the exact confidence, at least the one asked for.
 */
export interface Centre {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly achieved: number;
}

/**
 * The centre of symmetry of the values with the shortest exact interval of at least `confidence`, or null when there
 * are too few values for any (see `valuesNeeded`).
 */
export function signedRankCentre(values: readonly number[], confidence: number): Centre | null {
  const { rank, achieved } = intervalRank(values.length, confidence);
  if (rank === 0) return null;
  const averages = walshAverages(values);
  return {
    estimate: medianOfSorted(averages),
    low: averages[rank - 1] as number,
    high: averages[averages.length - rank] as number,
    achieved,
  };
}

/** Fewest values for which an interval of this confidence exists: 6 for 95 %, 8 for 99 %. */
export function valuesNeeded(confidence: number): number {
  let n = 1;
  while (intervalRank(n, confidence).rank === 0) n++;
  return n;
}

/**
 * P(T = t) for t = 0 … n(n+1)/2, where T is the sum of the positive ranks of `n` values whose centre is 0. By dynamic
 * programming: rank k is positive in half of all cases. Halving is exact in binary, so is every probability up to n =
 * 50 or so.
 */
export function signedRankProbabilities(n: number): Float64Array {
  const probabilities = new Float64Array((n * (n + 1)) / 2 + 1);
  probabilities[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = (rank * (rank + 1)) / 2; sum >= 0; sum--) {
      const without = probabilities[sum] as number;
      const having = sum >= rank ? (probabilities[sum - rank] as number) : 0;
      probabilities[sum] = (without + having) / 2;
    }
  }
  return probabilities;
}

/** The interval runs from the rank-th smallest to the rank-th largest Walsh average; rank 0: there is none. */
function intervalRank(n: number, confidence: number): { rank: number; achieved: number } {
  let rank = 0;
  let outside = 0;
  for (const probability of signedRankProbabilities(n)) {
    if (outside + 2 * probability > 1 - confidence) break;
    outside += 2 * probability;
    rank++;
  }
  return { rank, achieved: 1 - outside };
}

/** Means of all pairs of values, each with itself too, in ascending order. */
function walshAverages(values: readonly number[]): Float64Array {
  const averages = new Float64Array((values.length * (values.length + 1)) / 2);
  let at = 0;
  for (const [i, one] of values.entries()) {
    for (const other of values.slice(i)) averages[at++] = (one + other) / 2;
  }
  return averages.sort();
}

function medianOfSorted(sorted: Float64Array): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}
