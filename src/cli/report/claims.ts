/** The verdicts as a table: each claim with what the sources say and what the machine showed, in columns of their own. */
import { type Claim, claimGroups, type MachineVerdict, type SourceVerdict, type Verdict } from '#model/claims/index.ts';
import type { LabResult } from '#model/result.ts';
import { machineWords, sourceWords } from '#model/words/claims.ts';
import { formatCount } from '#model/words/units.ts';
import type { ReportOptions } from './options.ts';
import { layOutTable } from './table.ts';
import { type Format, paint, spell, wrap } from './text.ts';

export interface Judged {
  readonly claim: Claim;
  readonly verdict: Verdict;
}

export interface ClaimsView {
  /** The results that the verdicts rest on, by lab. */
  readonly results: ReadonlyMap<string, { result: LabResult }>;
  /** Every claim, and not only those that were decided. */
  readonly all: boolean;
}

/** Lines: the counts first, then the table, then what is missing and how to get it. */
export function renderClaims(
  judged: readonly Judged[],
  { results, all }: ClaimsView,
  options: ReportOptions,
): string[] {
  const say = (text: string) => wrap(spell(text, options), options.width);
  const shown = all ? judged : judged.filter(({ verdict }) => verdict.tested.length > 0);
  return [
    ...counts(judged)
      .flatMap(say)
      .map((line) => paint(line, 'bold', options)),
    ...say(machinesText(results)),
    ...(all ? byGroup(shown, options) : ['', ...rows(shown, options)]),
    '',
    ...(all ? [] : say(missingText(judged))),
    ...say(
      `Next: ./zc claims A2 explains one; --verbose lists all${judged.some(isGap) ? '; --run fills the gaps' : ''}.`,
    ),
  ];
}

/** A claim that a lab of this copy could decide, and has not. */
function isGap({ verdict }: Judged): boolean {
  return verdict.tested.some(({ finding }) => finding.state === 'not-run');
}

/** How many of each, on both scales. */
function counts(judged: readonly Judged[]): string[] {
  const said = (Object.keys(sourceWords) as SourceVerdict[]).flatMap((verdict) =>
    counted(sourceWords[verdict], judged.filter(({ claim }) => claim.sources.verdict === verdict).length),
  );
  const seen = (Object.keys(machineWords) as MachineVerdict[]).flatMap((state) =>
    counted(machineWords[state], judged.filter(({ verdict }) => verdict.state === state).length),
  );
  return [
    `${formatCount(judged.length)} claims. The sources: ${said.join(' · ')}.`,
    `The machine: ${seen.join(' · ')}.`,
  ];
}

function counted(word: string, count: number): string[] {
  return count === 0 ? [] : [`${word} ${formatCount(count)}`];
}

function machinesText(results: ClaimsView['results']): string {
  const machines = new Set([...results.values()].map(({ result }) => result.environment.machine));
  const day = [...results.values()]
    .map(({ result }) => result.startedAt.slice(0, 10))
    .sort()
    .at(-1);
  if (machines.size === 0) return 'No lab has been run here yet. Recorded ones: --results labs/results/reference-vm.';
  return `By results of ${[...results.keys()].join(', ')}; ${[...machines].join(', ')}, ${day}.`;
}

function byGroup(judged: readonly Judged[], options: ReportOptions): string[] {
  return claimGroups.flatMap(({ letter, title, claims }) => {
    const own = judged.filter(({ claim }) => claims.includes(claim));
    return own.length === 0 ? [] : ['', paint(`${letter}. ${title}`, 'bold', options), ...rows(own, options)];
  });
}

const COLOURS: Readonly<Record<MachineVerdict, Format>> = {
  held: 'green',
  'not-held': 'red',
  'too-noisy': 'yellow',
  'not-run': 'dim',
  'cannot-run': 'dim',
};

function rows(judged: readonly Judged[], options: ReportOptions): readonly string[] {
  const room = options.width - Math.max(...Object.values(sourceWords).map(({ length }) => length)) - FIXED;
  const columns = [
    { name: 'id', head: ['', ''] as const, cells: judged.map(({ claim }) => claim.id) },
    {
      name: 'the sources',
      head: ['the sources', ''] as const,
      cells: judged.map(({ claim }) => sourceWords[claim.sources.verdict]),
    },
    {
      name: 'the machine',
      head: ['the machine', ''] as const,
      cells: judged.map(({ verdict: { state } }) => paint(machineWords[state], COLOURS[state], options)),
    },
    {
      name: 'what is said',
      head: ['what is said', ''] as const,
      cells: judged.map(({ claim }) => cut(claim.statement, room)),
    },
  ];
  return layOutTable(
    columns.map((column) => ({ ...column, align: 'left' as const })),
    options,
  ).lines;
}

/** Ids, the widest verdict of a machine, and the gaps between four columns. */
const FIXED = 3 + 'Did not hold here'.length + 6;

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 3)).trimEnd()}...`;
}

/** Those that no lab of this copy tests, by their reason. */
function missingText(judged: readonly Judged[]): string {
  const untested = judged.filter(({ verdict }) => verdict.tested.length === 0);
  const of = (code: string) => untested.filter(({ verdict }) => verdict.why?.code === code).length;
  const parts = [
    [of('no-card'), 'would take a network card'],
    [of('no-lab'), 'are nothing that a lab decides'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, text]) => `${formatCount(count)} ${text}`);
  return told.length === 0 ? '' : `Not in the table: ${told.join(', ')}.`;
}
