/** What a result must be besides valid, to stand under labs/results/<machine>/<lab>.json beside those of other machines. */
import type { CatalogueEntry } from './catalogue.ts';
import type { LabResult } from './result.ts';

/** Rounds that a timed result must have: with fewer the interval does not exist. */
const FEWEST_ROUNDS = 7;

/** Where a result lies: the folder's name, and the file's without `.json`. */
export interface ResultPlace {
  readonly machine: string;
  readonly lab: string;
}

/** `<machine>/<lab>.json` taken apart; undefined for any other path. */
export function placeOf(path: string): ResultPlace | undefined {
  const [, machine, lab] = /(?:^|\/)([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
  return machine && lab ? { machine, lab } : undefined;
}

/** What is wrong with a result at its place, one sentence each without a full stop. */
export function contributionProblems(
  result: LabResult,
  { machine, lab }: ResultPlace,
  labs: readonly CatalogueEntry[],
): readonly string[] {
  const entry = labs.find(({ id }) => id === lab);
  return [
    ...(/^[a-z][a-z0-9.-]*$/.test(machine)
      ? []
      : [`the folder '${machine}' is no name for a machine: expected lower case, such as xeon-2-vcpu`]),
    ...(result.environment.machine === machine
      ? []
      : [
          `it names the machine '${result.environment.machine}' and lies in the folder '${machine}': record it anew with npm run record -- ${machine}`,
        ]),
    ...(result.lab === lab ? [] : [`it is of the lab '${result.lab}', and the file is called '${lab}'`]),
    ...(entry ? labProblems(result, entry) : [`there is no lab '${lab}' in labs/catalogue.json`]),
    ...ofCode(result),
    ...(result.kind === 'time' ? ofTimes(result) : []),
  ];
}

/** Why a result is none of a lab's. */
export function labProblems(result: LabResult, { kind, baseline, variants }: CatalogueEntry): string[] {
  const named = result.series.map(({ variant }) => variant);
  const unknown = new Set(named.filter((variant) => !Object.hasOwn(variants, variant)));
  return [
    ...(result.kind === kind ? [] : [`it holds a ${result.kind}, and the lab gives a ${kind}`]),
    ...(result.baseline === baseline ? [] : [`its baseline is '${result.baseline}', and the lab's is '${baseline}'`]),
    ...[...unknown].map((variant) => `the lab has no variant '${variant}'`),
    ...(result.series.some(({ role }) => role === 'baseline') ? [] : ['no series of it is the baseline']),
  ];
}

/** A result can be repeated only from code that somebody else has, too. */
function ofCode({ environment: { commit } }: LabResult): string[] {
  if (commit === null) return ['it names no commit: record it in a clone made by git'];
  return commit.endsWith('+') ? [`it was recorded with files that differ from commit ${commit.slice(0, -1)}`] : [];
}

function ofTimes({ series, integrity, environment }: LabResult & { kind: 'time' }): string[] {
  const rounds = Math.min(...series.map(({ samples }) => samples.length));
  const wrong = integrity.received.filter(({ hash, expected = integrity.expected }) => hash !== expected);
  return [
    ...(environment.guest === null ? [] : ['it holds times from a guest, where times mean nothing']),
    ...(rounds >= FEWEST_ROUNDS ? [] : [`a series has ${rounds} rounds: expected ${FEWEST_ROUNDS} or more`]),
    ...(integrity.algorithm === 'sha256' ? wrong : []).map(
      ({ variant }) => `${variant} delivered other bytes than the file's`,
    ),
  ];
}
