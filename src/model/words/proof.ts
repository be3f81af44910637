/** What the overwrite test found: who still owned the bytes when the send call had returned. */
import type { Factors, ProofResult, ProofSample, ProofSeries } from '../result.ts';
import { factorGroups } from '../statistics.ts';
import { formatFactors } from './factors.ts';
import { formatBytes, formatCount } from './units.ts';

/** `copy`: old bytes arrived. `file`: new bytes arrived. `mixed`: both. `unclear`: the test itself did not work. */
export type Owner = 'copy' | 'file' | 'mixed' | 'unclear';

/** Who owned the bytes of one series, and how a table says it. `fault`: why it is unclear. */
export interface Ownership {
  readonly owner: Owner;
  readonly text: string;
  readonly fault: string | null;
}

/** Judges the samples of one series in which the file was overwritten before the receiver read. */
export function ownershipOf({ samples }: Pick<ProofSeries, 'samples'>): Ownership {
  const fault = samples.map(faultOf).find((text) => text !== null);
  if (fault) return { owner: 'unclear', text: 'unclear', fault };
  const [old, fresh] = [total(samples, 'oldBytes'), total(samples, 'newBytes')];
  if (fresh === 0) return { owner: 'copy', text: 'a copy', fault: null };
  if (old === 0) return { owner: 'file', text: "the file's pages", fault: null };
  return { owner: 'mixed', text: `mixed: ${formatBytes(old)} old, ${formatBytes(fresh)} new`, fault: null };
}

/** What makes a sample no evidence at all; null when it counts. */
function faultOf({ sentBytes, oldBytes, newBytes, otherBytes, overwrittenBytes }: ProofSample): string | null {
  if (sentBytes === 0) return 'nothing was sent';
  if (otherBytes > 0) return `${formatBytes(otherBytes)} neither old nor new`;
  if (oldBytes + newBytes < sentBytes)
    return `only ${formatBytes(oldBytes + newBytes)} of ${formatBytes(sentBytes)} arrived`;
  if (overwrittenBytes < sentBytes) return 'the file was not overwritten';
  return null;
}

function total(samples: readonly ProofSample[], name: 'oldBytes' | 'newBytes'): number {
  return samples.reduce((sum, sample) => sum + sample[name], 0);
}

/** The series that answer the question: those without a cross-check. */
export function proofSeries(result: ProofResult): ProofSeries[] {
  return result.series.filter(({ factors }) => (factors.control ?? 'none') === 'none');
}

/** What the overwrite test found, in sentences. */
export interface ProofConclusion {
  readonly text: string;
  /** What it means, and what it does not prove. */
  readonly meaning: readonly string[];
}

/** Says what the test found. @param titles variant name → title */
export function concludeProof(result: ProofResult, titles: Readonly<Record<string, string>>): ProofConclusion {
  const owned = nameOwners(result, titles);
  const [file, copy, mixed] = [list(owned.file), list(owned.copy), list(owned.mixed)];
  const checks = crossChecks(result, titles);
  // A table stands beside it: a long list of names would only be read twice.
  const rest = file && !mixed && owned.unclear.length === 0 && owned.copy.length > 3;
  const others = rest ? `The other ${owned.copy.length}` : null;
  const parts = [
    checks.passed < checks.of && 'The cross-checks failed, so this run shows nothing yet.',
    file &&
      `When the send call had returned, the bytes of ${file} were still the file's pages: overwriting the file changed what arrived.`,
    copy && `${others ?? copy} delivered the old bytes: the overwrite could not reach them any more.`,
    mixed && `${mixed} delivered some bytes of each kind.`,
    owned.unclear.length > 0 && `No clear answer from ${list(owned.unclear)}.`,
  ];
  return {
    text: parts.filter((part) => part).join(' ') || 'The overwrite test did not run.',
    meaning: [
      meansText(file, mixed),
      ...completionText(result, titles),
      'What it does not prove: DMA by a device, or a gain in speed.',
    ],
  };
}

/** New bytes can only come from pages that were shared. Old bytes alone prove nothing about who copied, or when. */
function meansText(file: string, mixed: string): string {
  const queued = "the kernel had queued references to the page cache's pages";
  if (file)
    return `What it means: for ${file} ${queued}, so the CPU had not copied the payload when the call returned.`;
  if (mixed) return `What it means: for a part of the bytes of ${mixed} ${queued}; that part the CPU had not copied.`;
  return 'What it means: no path was caught sending the pages of the page cache themselves.';
}

/** What the kernel itself reported about the sends that asked it not to copy (MSG_ZEROCOPY). */
function completionText(result: ProofResult, titles: Readonly<Record<string, string>>): string[] {
  const asked = proofSeries(result).filter(({ samples }) =>
    samples.some(({ kernelSaysCopied }) => kernelSaysCopied !== undefined),
  );
  return asked.map(({ variant, samples }) => {
    const copied = samples.filter(({ kernelSaysCopied }) => kernelSaysCopied).length;
    const said = copied === samples.length ? 'copied after all' : copied === 0 ? 'did not copy' : 'copied some of them';
    return `Of ${titles[variant] ?? variant} the kernel itself reports that it ${said}.`;
  });
}

/** Titles of the paths by owner; with the link only where a path had another owner over another link. */
function nameOwners(result: ProofResult, titles: Readonly<Record<string, string>>): Record<Owner, string[]> {
  const all = proofSeries(result).map((series) => ({ ...series, ...ownershipOf(series) }));
  const names: Record<Owner, Set<string>> = { file: new Set(), copy: new Set(), mixed: new Set(), unclear: new Set() };
  for (const { variant, factors, owner, fault } of all) {
    const alike = all.every((other) => other.variant !== variant || other.owner === owner);
    const title = titles[variant] ?? variant;
    const name = alike ? title : `${title} over ${formatFactors(factors)}`;
    names[owner].add(fault ? `${name} (${fault})` : name);
  }
  return { file: [...names.file], copy: [...names.copy], mixed: [...names.mixed], unclear: [...names.unclear] };
}

/** The runs in which nothing but the old bytes may arrive: they show that the test can tell the difference. */
export interface CrossChecks {
  readonly passed: number;
  readonly of: number;
  readonly text: string;
}

/** Counts the cross-checks that delivered the old bytes, and names the first one that did not. */
export function crossChecks(result: ProofResult, titles: Readonly<Record<string, string>>): CrossChecks {
  const runs = result.series
    .filter(({ factors }) => (factors.control ?? 'none') !== 'none')
    .flatMap(({ variant, factors, samples }) => samples.map((sample) => ({ variant, factors, sample })));
  const failed = runs.filter(({ factors, sample }) => !deliveredOld(factors, sample));
  const [of, passed] = [runs.length, runs.length - failed.length];
  const count = `${formatCount(passed)} of ${formatCount(of)}`;
  const [first] = failed;
  if (of === 0) return { passed, of, text: 'Cross-checks: none were run, so the table above stands alone.' };
  if (!first) {
    const checks = factorGroups(result)
      .map(({ control }) => HOW[control ?? 'none'])
      .filter((how) => how !== undefined);
    const text = `Cross-checks: ${[...new Set(checks)].join(', or ')}, every path delivered the old bytes: ${count}.`;
    return { passed, of, text };
  }
  const { control = 'none', ...place } = first.factors;
  const name = `${titles[first.variant] ?? first.variant} over ${formatFactors(place)}, ${HOW[control] ?? control},`;
  const text = `Cross-checks failed: ${count} delivered the old bytes. ${name} did not, so do not trust the table above.`;
  return { passed, of, text };
}

const HOW: Readonly<Record<string, string>> = {
  'receiver-drains-first': 'with the receiver reading first',
  'no-overwrite': 'without the overwrite',
};

function deliveredOld(
  { control }: Factors,
  { sentBytes, oldBytes, newBytes, otherBytes, overwrittenBytes }: ProofSample,
) {
  const overwritten = control === 'no-overwrite' ? overwrittenBytes === 0 : overwrittenBytes >= sentBytes;
  return overwritten && sentBytes > 0 && oldBytes === sentBytes && newBytes === 0 && otherBytes === 0;
}

function list(names: readonly string[]): string {
  const [last, ...others] = [...names].reverse();
  return others.length === 0 ? (last ?? '') : `${others.reverse().join(', ')} and ${last}`;
}
