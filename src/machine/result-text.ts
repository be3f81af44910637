import type { LabResult } from '#model/result.ts';

/** A result as JSON text for a file: indented, with one sample a line, so that a recorded result is small and can be compared. */
export function resultText(result: LabResult): string {
  const samples = result.series.map((series) =>
    series.samples.map((sample) => `    ${JSON.stringify(sample)}`).join(',\n'),
  );
  const series = result.series.map((each, index) => ({ ...each, samples: `<${index}>` }));
  const text = JSON.stringify({ ...result, series }, null, 1);
  return `${text.replace(/"samples": "<(\d+)>"/g, (_, index) => `"samples": [\n${samples[Number(index)]}\n   ]`)}\n`;
}
