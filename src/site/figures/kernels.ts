/** The same lab counted on two kernels, beside each other: which numbers are the same, and which functions are not. */
import type { CountResult, Factors } from '#model/result.ts';
import { copiesOf, copiesPerByte, plainFactors, seriesOf } from '#model/statistics.ts';
import { formatCopies } from '#model/words/copies.ts';
import { formatBytes, formatCount, formatFactors } from '#model/words/index.ts';
import { groupWords } from './copies.ts';
import { kernelVersion } from './machine.ts';

export interface KernelRow {
  readonly title: string;
  /** One for each result, in their order. */
  readonly cells: readonly string[];
}

/** `Linux 6.12` out of a result. */
export function kernelName({ environment }: CountResult): string {
  return `Linux ${kernelVersion(environment.kernel.release)}`;
}

/** Copies of each byte over the plainest link: a row a variant, `sender + receiver`. */
export function copyRows(results: readonly CountResult[], titles: Readonly<Record<string, string>>): KernelRow[] {
  return Object.entries(titles).map(([variant, title]) => ({
    title,
    cells: results.map((result) => {
      const copies = copiesOf(result, variant, plainFactors(result));
      return copies
        ? `${formatCopies(copies.sender)} + ${formatCopies(copies.places.kernelToReceiver)}`
        : 'not counted';
    }),
  }));
}

/** What sendfile's pages were handed over by, link by link, and what the copies were counted at a second time. */
export function mechanismRows(results: readonly CountResult[], links: readonly string[]): KernelRow[] {
  return [
    ...links.map((link) => ({
      title: `sendfile over ${formatFactors({ link })} hands pages over in`,
      cells: results.map((result) => queueWords(result, { ...plainFactors(result), link })),
    })),
    { title: 'Copies were counted again in', cells: results.map(primitiveOf) },
  ];
}

/** `skb_splice_from_iter, 26 KiB a call`. */
function queueWords(result: CountResult, factors: Factors): string {
  const sites = (seriesOf(result, 'sendfile', factors)?.samples ?? [])
    .flatMap((sample) => sample.sites ?? [])
    .filter(({ what }) => what === 'reference');
  const words = [...Map.groupBy(sites, (site) => site.function)].map(([name, seen]) => {
    const sum = (of: 'bytes' | 'hits') => seen.reduce((total, site) => total + site[of], 0);
    return `${name}, ${formatBytes(Math.round(sum('bytes') / sum('hits')))} a call`;
  });
  return words.join('; ') || 'nothing seen';
}

function primitiveOf({ series }: CountResult): string {
  const checks = series.flatMap(({ samples }) => samples.map(({ crossCheck }) => crossCheck));
  const names = checks.flatMap((check) => (check?.state === 'agreed' ? [check.primitive] : []));
  return [...new Set(names)].join(', ') || 'nothing: not cross-checked';
}

/** How far two kernels agree, over everything that was counted on both. */
export function agreementText(one: CountResult, other: CountResult, titles: Readonly<Record<string, string>>): string {
  const compared = one.series.flatMap(({ variant, factors, samples }) => {
    const [here, there] = [copiesPerByte({ samples }), copiesOf(other, variant, factors)];
    return here && there ? [{ variant, factors, apart: Math.abs(here.total - there.total) }] : [];
  });
  const alike = compared.filter(({ apart }) => apart < 0.01).length;
  const [most] = compared.toSorted((a, b) => b.apart - a.apart);
  const all = `Of ${formatCount(compared.length)} combinations of path, link and receiver counted on both kernels, ${formatCount(alike)} differ by less than a hundredth of a copy`;
  if (!most) return 'Nothing was counted on both kernels.';
  if (most.apart < 0.01) return `${all}.`;
  const where = `${titles[most.variant] ?? most.variant} over ${groupWords(one, most.factors)}`;
  return `${all}. The largest difference is ${formatCopies(most.apart)}: ${where}.`;
}
