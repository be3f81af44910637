/** Whatever is taken as a result can be said and drawn: no file that a reader gives leaves a page half changed. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { catalogueSchema } from '#model/catalogue.ts';
import { type DocumentSchemas, RefusedFile, readDropped } from '#model/dropped-file.ts';
import { answerText } from '#model/words/answers/index.ts';
import { USUAL_ANSWER } from '#site/figures/answer.ts';
import { answerPlot } from '#site/figures/answer-plot.ts';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const schemas: DocumentSchemas = {
  result: read('src/site/public/schema/result-1.json'),
  inspect: read('src/site/public/schema/inspect-1.json'),
};
const { labs } = catalogueSchema.parse(read('labs/catalogue.json'));

interface Series {
  role: string;
  factors: Record<string, unknown>;
  samples: Record<string, unknown>[];
}
type Change = (result: { series: Series[] }) => void;

const eachSeries = (change: (series: Series) => void): Change => {
  return ({ series }) => {
    for (const one of series) change(one);
  };
};
const eachSample = (change: (sample: Record<string, unknown>) => void): Change => {
  return eachSeries(({ samples }) => samples.forEach(change));
};
const factorsAre = (value: unknown): Change => {
  return eachSeries(({ factors }) => {
    for (const name of Object.keys(factors)) factors[name] = value;
  });
};

const changes: Readonly<Record<string, Change>> = {
  'only baselines': (result) => {
    result.series = result.series.filter(({ role }) => role === 'baseline');
  },
  'one series': (result) => {
    result.series = result.series.filter(({ role }) => role === 'baseline').slice(0, 1);
  },
  'one round': eachSeries((series) => {
    series.samples = series.samples.slice(0, 1);
  }),
  'no factors': eachSeries((series) => {
    series.factors = {};
  }),
  'factors of text': factorsAre('text'),
  'factors of zero': factorsAre(0),
  'nothing else counted': eachSample((sample) => {
    delete sample.extra;
    delete sample.latenciesNs;
  }),
  'no latencies': eachSample((sample) => {
    if ('latenciesNs' in sample) sample.latenciesNs = [];
  }),
  'no CPU': eachSample((sample) => {
    for (const name of Object.keys(sample)) if (name.endsWith('CpuNs')) sample[name] = 0;
  }),
  'every series a baseline': eachSeries((series) => {
    series.role = 'baseline';
  }),
};

test.each(globSync('labs/results/reference-vm/*.json').sort())('%s, changed', (path) => {
  const lab = basename(path, '.json');
  const given = read(path);
  const less = given.series.map((_: unknown, at: number): [string, Change] => [
    `without series ${at}`,
    ({ series }) => series.splice(at, 1),
  ]);
  for (const [how, change] of [...Object.entries(changes), ...less]) {
    const changed = structuredClone(given);
    change(changed);
    expect(() => sayAndDraw(JSON.stringify(changed)), `${lab}, ${how}`).not.toThrow();
  }
});

function sayAndDraw(text: string): void {
  const dropped = attempt(text);
  if (dropped?.state !== 'result') return;
  const { result, entry } = dropped;
  const answer = entry.answer ?? USUAL_ANSWER;
  answerText(result, entry, answer);
  answerPlot(result, entry, answer);
}

/** Null for a file that is refused, as it may be. */
function attempt(text: string): ReturnType<typeof readDropped> | null {
  try {
    return readDropped(text, schemas, labs);
  } catch (error) {
    if (error instanceof RefusedFile) return null;
    throw error;
  }
}
