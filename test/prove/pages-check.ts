/** Holds every sample of a `shared-pages` result against the one right answer. */
import type { PagesCase } from '#model/prove.ts';
import type { ProofResult, ProofSample, ProofSeries } from '#model/result.ts';

const variants = [
  'read-write',
  'writev',
  'mmap-write',
  'sendfile',
  'splice',
  'msg-zerocopy',
  'sendfile-direct',
] as const;
const links = ['tcp', 'unix'] as const;
const controls = ['none', 'receiver-drains-first', 'no-overwrite'] as const;

/** Paths that queue the file's own pages: what arrives is what the file holds when the receiver reads. */
const sharing: ReadonlySet<string> = new Set(['sendfile', 'splice']);
/** Paths that a machine may refuse; AF_UNIX has no MSG_ZEROCOPY, and not every file system has O_DIRECT. */
const refusable: ReadonlySet<string> = new Set(['msg-zerocopy', 'sendfile-direct']);

/** What a result came to; `faults`: what is missing from it, or does not belong there. */
export interface Checked {
  readonly cases: PagesCase[];
  readonly refused: { variant: string; link: string; control: string; why: string }[];
  readonly faults: string[];
}

/** Checks a result of so many rounds of so many bytes: every path over every link with every control. */
export function checkPages(result: ProofResult, rounds: number, bytes: number): Checked {
  const refused = result.cannotRun.map(({ variant, factors, why }) => ({
    variant,
    link: String(factors.link),
    control: String(factors.control),
    why,
  }));
  const cases: PagesCase[] = [];
  const faults = refused
    .filter(({ variant }) => !refusable.has(variant))
    .map(({ variant, link, why }) => `${variant} over ${link} was refused: ${why}`);
  const wanted = variants.flatMap((variant) =>
    links.flatMap((link) => controls.map((control) => ({ variant, link, control }))),
  );
  for (const { variant, link, control } of wanted) {
    const is = (one: { variant: string; link: string; control: string }) =>
      one.variant === variant && one.link === link && one.control === control;
    const found = result.series.filter((series) => is({ variant: series.variant, ...placeOf(series) }));
    const name = `${variant} over ${link}, control ${control}`;
    const [series] = found;
    if (found.length > 1) faults.push(`${name}: ${found.length} series`);
    if (!series && !refused.some(is)) faults.push(`${name}: it is neither there nor refused`);
    if (!series) continue;
    const missing = missingRounds(series, rounds);
    if (missing !== null) faults.push(`${name}: ${missing}`);
    cases.push({ variant, link, control, expected: expectedOf(variant, control, bytes), seen: outcomesOf(series) });
  }
  if (result.series.length > cases.length) faults.push(`${result.series.length - cases.length} series too many`);
  return { cases, refused, faults };
}

const placeOf = ({ factors }: ProofSeries) => ({ link: String(factors.link), control: String(factors.control) });

/** The one right answer of a path. */
export function expectedOf(variant: string, control: string, bytes: number): PagesCase['expected'] {
  const fresh = sharing.has(variant) && control === 'none';
  return {
    sentBytes: bytes,
    oldBytes: fresh ? 0 : bytes,
    newBytes: fresh ? bytes : 0,
    otherBytes: 0,
    overwrittenBytes: control === 'no-overwrite' ? 0 : bytes,
    // On loopback the kernel copies after all, and says so; no other path has a completion.
    kernelSaysCopied: variant === 'msg-zerocopy' ? true : null,
  };
}

/** Says what is wrong when the samples are not exactly one for each round; null when they are. */
function missingRounds({ samples }: ProofSeries, rounds: number): string | null {
  const seen = samples.map(({ round }) => round).sort((a, b) => a - b);
  const right = seen.length === rounds && seen.every((round, at) => round === at);
  return right ? null : `expected one sample in each of ${rounds} rounds, found rounds ${seen.join(', ')}`;
}

/** The different outcomes of a series, each with the rounds that had it. */
function outcomesOf({ samples }: ProofSeries): PagesCase['seen'] {
  const seen = new Map<string, PagesCase['seen'][number]>();
  for (const sample of samples) {
    const outcome = outcomeOf(sample);
    const key = JSON.stringify(outcome);
    const known = seen.get(key);
    if (known) known.rounds.push(sample.round);
    else seen.set(key, { ...outcome, rounds: [sample.round] });
  }
  return [...seen.values()].map((one) => ({ ...one, rounds: one.rounds.sort((a, b) => a - b) }));
}

function outcomeOf(sample: ProofSample): PagesCase['expected'] {
  const { sentBytes, oldBytes, newBytes, otherBytes, overwrittenBytes, kernelSaysCopied = null } = sample;
  return { sentBytes, oldBytes, newBytes, otherBytes, overwrittenBytes, kernelSaysCopied };
}
