/** What a lab could not run on its machine, with the reason: one sentence for everything that has the same. */
import type { CatalogueEntry } from '../catalogue.ts';
import type { CannotRun, LabResult } from '../result.ts';
import { factorGroups, varyingFactors } from '../statistics/series.ts';
import { formatFactor, formatFactors } from './factors.ts';
import { needText } from './needs.ts';

type Names = Pick<CatalogueEntry, 'variants' | 'factors'>;

/** Sentences with what helps; null where nothing does. */
export function cannotRunTexts(result: LabResult, entry: Names): { text: string; remedy: string | null }[] {
  const reasons = Map.groupBy(result.cannotRun, ({ why, args }) => JSON.stringify([why, args]));
  return [...reasons.values()].map((same) => {
    const { why, remedy } = needText(same[0] as CannotRun);
    const names = new Set(same.map((one) => nameOf(one, result, entry)));
    return { text: `Cannot run here: ${[...names].join(', ')}: ${why}.`, remedy };
  });
}

/** The title, with the link or the settings only where the same path ran under others. */
function nameOf({ variant, factors }: CannotRun, result: LabResult, { variants, factors: words }: Names): string {
  const title = variants[variant] ?? variant;
  if (!result.series.some((series) => series.variant === variant)) return title;
  if (factors.link !== undefined) return `${title} over ${formatFactor('link', factors.link)}`;
  const place = formatFactors(factors, varyingFactors([...factorGroups(result), factors]), words);
  return place ? `${title} (${place})` : title;
}
