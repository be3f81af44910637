import type { ProveResult } from '#model/prove.ts';

/** A result of a series as JSON text: indented, with one run or case a line, so that it is small and can be compared. */
export function proveText(result: ProveResult): string {
  const list: 'cases' | 'runs' = result.kind === 'prove-pages' ? 'cases' : 'runs';
  const each: readonly unknown[] = result.kind === 'prove-pages' ? result.cases : result.runs;
  const lines = each.map((one) => `  ${JSON.stringify(one)}`).join(',\n');
  const frame = JSON.stringify({ ...result, [list]: [] }, null, 1);
  return `${frame.replace(`"${list}": []`, () => `"${list}": [\n${lines}\n ]`)}\n`;
}
