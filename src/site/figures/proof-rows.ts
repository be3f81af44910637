/** Rows of the overwrite test: what was sent, what the file became, what arrived, and who so owned the bytes. */
import type { ProofResult, ProofSeries } from '#model/result.ts';
import { formatFactors, type Owner, ownershipOf, proofSeries } from '#model/words/index.ts';
import type { SayNeed } from '#model/words/needs/need-text.ts';

export interface ProofRow {
  readonly variant: string;
  readonly title: string;
  /** Links with this outcome: `loopback TCP and AF_UNIX`. */
  readonly links: string;
  readonly owner: Owner | 'cannot-run';
  /** The bytes as the drawing shows them: `AAAA`, `BBBB`, `AABB`. Empty where nothing ran. */
  readonly arrived: string;
  readonly text: string;
  readonly oldBytes: number;
  readonly newBytes: number;
}

/** One row a path and outcome; links with the same outcome share a row. @param sayNeed needText, or what has its words. @param only variants to show; all by default */
export function proofRows(
  result: ProofResult,
  titles: Readonly<Record<string, string>>,
  sayNeed: SayNeed,
  only?: readonly string[],
): ProofRow[] {
  const shown = (variant: string) => !only || only.includes(variant);
  const rows = [
    ...Map.groupBy(proofSeries(result), (series) => `${series.variant} ${ownershipOf(series).text}`).values(),
  ];
  const ran = rows.filter(([first]) => first && shown(first.variant)).map((series) => rowOf(series, titles));
  const cannot = result.cannotRun
    .filter(({ variant, factors }) => shown(variant) && (factors.control ?? 'none') === 'none')
    .map(
      (entry): ProofRow => ({
        variant: entry.variant,
        title: titles[entry.variant] ?? entry.variant,
        links: formatFactors(entry.factors),
        owner: 'cannot-run',
        arrived: '',
        text: `cannot run here: ${sayNeed(entry).why}`,
        oldBytes: 0,
        newBytes: 0,
      }),
    );
  return [...ran, ...cannot];
}

const ARRIVED: Record<Owner, string> = { copy: 'AAAA', file: 'BBBB', mixed: 'AABB', unclear: '????' };

function rowOf(series: readonly ProofSeries[], titles: Readonly<Record<string, string>>): ProofRow {
  const [first] = series as [ProofSeries];
  const { variant } = first;
  const { owner, text } = ownershipOf(first);
  const samples = series.flatMap((one) => one.samples);
  return {
    variant,
    title: titles[variant] ?? variant,
    links: series.map(({ factors }) => formatFactors(factors)).join(' and '),
    owner,
    arrived: ARRIVED[owner],
    text,
    oldBytes: samples.reduce((sum, sample) => sum + sample.oldBytes, 0),
    newBytes: samples.reduce((sum, sample) => sum + sample.newBytes, 0),
  };
}
