/** How often the CPU copied each byte, in sentences and in the cells of a table. */
import type { CopyPlace, CrossCheck } from '../count-sample.ts';
import type { CountResult } from '../result.ts';
import { type CopiesPerByte, copiesOf, copiesPerByte, plainFactors, sameFactors } from '../statistics.ts';
import { formatFactors } from './factors.ts';
import { formatBytes, formatCount } from './units.ts';

/** What a place is called over a column. */
export const placeTitles: Readonly<Record<CopyPlace, string>> = {
  fileToUser: 'file to program',
  userToKernel: 'program to kernel',
  inKernel: 'inside the kernel',
  kernelToReceiver: 'kernel to receiver',
  other: 'elsewhere',
};

/** Copies as a number with two digits behind the point: 3.00. What is less than one byte in two hundred is 0.00. */
export function formatCopies(copies: number): string {
  return copies.toFixed(2);
}

/** Copies in a sentence: whole numbers without digits, as long as they are whole to the hundredth. */
export function spokenCopies(copies: number): string {
  const whole = Math.round(copies);
  if (Math.abs(copies - whole) >= 0.005) return formatCopies(copies);
  return whole === 0 ? 'none' : formatCount(whole);
}

/** What the count found. */
export interface CopiesConclusion {
  readonly text: string;
  readonly meaning: readonly string[];
}

/** Says what was counted over the plainest link. @param titles variant name → title */
export function concludeCopies(result: CountResult, titles: Readonly<Record<string, string>>): CopiesConclusion {
  const plain = plainFactors(result);
  const { fileSystem: _, ...told } = plain;
  const baseline = copiesOf(result, result.baseline, plain);
  if (!baseline) return { text: 'No transfer by the copying path was counted.', meaning: [] };
  const [first, ...others] = alike(result, titles);
  const said = (group: (typeof others)[number]) => `${times(group.copies.total)} with ${list(group.names)}`;
  const text = [
    `Over ${formatFactors(told)} the CPU copied every byte ${first ? said(first) : 'in a way that was not counted'}`,
    ...others.map(said),
  ].join(', ');
  return {
    text: `${text}: the receiver's own copy included.`,
    meaning: [
      `At the sender alone: ${senderText(baseline, result, titles)}.`,
      gatherText(result, titles),
      checkText(result),
      'What it does not see: memcpy inside the kernel, copies inside a program, and what devices move by DMA.',
    ].filter((line) => line !== ''),
  };
}

function senderText(baseline: CopiesPerByte, result: CountResult, titles: Readonly<Record<string, string>>): string {
  const parts = alike(result, titles).map(({ copies, names }) => `${spokenCopies(copies.sender)} with ${list(names)}`);
  return parts.length > 0 ? parts.join(', ') : spokenCopies(baseline.sender);
}

/** Variants over the plainest link by their number of copies, the most first. */
function alike(
  result: CountResult,
  titles: Readonly<Record<string, string>>,
): { copies: CopiesPerByte; names: string[] }[] {
  const plain = plainFactors(result);
  const groups = new Map<string, { copies: CopiesPerByte; names: string[] }>();
  for (const { variant, factors, samples } of result.series) {
    const copies = sameFactors(factors, plain) ? copiesPerByte({ samples }) : undefined;
    if (!copies) continue;
    const key = `${spokenCopies(copies.total)} ${spokenCopies(copies.sender)}`;
    const group = groups.get(key) ?? { copies, names: [] };
    group.names.push(titles[variant] ?? variant);
    groups.set(key, group);
  }
  return [...groups.values()].sort((one, other) => other.copies.total - one.copies.total);
}

/** A device that cannot gather fragments: where the copy comes back. */
function gatherText(result: CountResult, titles: Readonly<Record<string, string>>): string {
  const series = result.series.filter(
    ({ variant, factors }) =>
      factors.link === 'veth-no-gather' && (variant === result.baseline || variant === 'sendfile'),
  );
  const said = series.map((one) => {
    const copies = copiesPerByte(one);
    return copies && `${spokenCopies(copies.total)} with ${titles[one.variant] ?? one.variant}`;
  });
  const told = said.filter((one) => one !== undefined);
  return told.length === 0 ? '' : `Through a device that cannot gather, a copy comes back: ${told.join(', ')}.`;
}

/** How far the same bytes, counted again below the watched functions, agreed. */
export function checkText(result: CountResult): string {
  const checks = result.series.flatMap(({ samples }) => samples.map(({ crossCheck }) => crossCheck));
  const done = checks.filter((check): check is CrossCheck => check !== undefined);
  const agreed = done.filter((check) => check.state === 'agreed');
  if (done.length === 0) return '';
  if (agreed.length === done.length) {
    const bytes = agreed.reduce((sum, check) => sum + (check.state === 'agreed' ? check.primitiveBytes : 0), 0);
    return `Counted twice: the copy instruction below the watched functions moved the same ${formatBytes(bytes)}.`;
  }
  return `Not cross-checked: this CPU copies with one instruction of its own (FSRM), where nothing can be watched.`;
}

function times(copies: number): string {
  const spoken = spokenCopies(copies);
  if (spoken === 'none') return 'not once';
  if (spoken === '1') return 'once';
  return spoken === '2' ? 'twice' : `${spoken} times`;
}

function list(names: readonly string[]): string {
  const [last, ...others] = [...names].reverse();
  return others.length === 0 ? (last ?? '') : `${others.reverse().join(', ')} and ${last}`;
}
