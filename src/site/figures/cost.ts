/** What a lab costs and needs, in the words of a card. */
import type { CatalogueEntry, Cost } from '#model/catalogue.ts';
import { formatBytes, formatDuration } from '#model/words/index.ts';

/** `about 40 s, 1 GiB of disk, 1.2 GiB of memory`. */
export function costWords({ seconds, diskBytes, memoryBytes }: Cost): string {
  const disk = diskBytes > 0 ? `, ${formatBytes(diskBytes)} of disk` : '';
  const memory = memoryBytes > 0 ? `, ${formatBytes(memoryBytes)} of memory` : '';
  return `about ${secondsWords(seconds)}${disk}${memory}`;
}

function secondsWords(seconds: number): string {
  if (seconds < 90) return formatDuration(Math.max(1, Math.round(seconds)) * 1e9);
  return `${Math.round(seconds / 60)} minutes`;
}

/** Costs that differ between `--quick`, the default and `--full`, named. */
export function costs({ cost }: CatalogueEntry): { flag: string; words: string }[] {
  const all = [
    { flag: '--quick', words: costWords(cost.quick) },
    { flag: '', words: costWords(cost.default) },
    { flag: '--full', words: costWords(cost.full) },
  ];
  const same = new Set(all.map(({ words }) => words)).size === 1;
  return same ? [{ flag: '', words: costWords(cost.default) }] : all;
}
