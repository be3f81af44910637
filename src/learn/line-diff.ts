/** One line of a comparison: in both texts, or in one of them. */
export interface DiffLine {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** Compares two short texts line by line: `-` stands in the first only, `+` in the second only. */
export function lineDiff(first: string, second: string): DiffLine[] {
  const [a, b] = [first.trimEnd().split('\n'), second.trimEnd().split('\n')];
  // Length of the longest common subsequence of what begins at [i][j]; texts of some hundred lines at most.
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (common[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ mark: ' ', text: a[i++] as string });
      j++;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1)))
      lines.push({ mark: '-', text: a[i++] as string });
    else lines.push({ mark: '+', text: b[j++] as string });
  }
  return lines;
}
