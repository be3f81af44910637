/** `./zc claims`: what is said, what the sources say of it, and what this machine showed. */
import { CannotRunHere } from '#machine/cannot-run.ts';
import { storedResults } from '#machine/result-store.ts';
import { loadLab } from '#measure/lab.ts';
import { type Claim, claimGroups, claims, type Evidence, judgeClaim, testingLabs } from '#model/claims/index.ts';
import { reasonText } from '#model/words/claims.ts';
import { type Found, findResults } from './evidence.ts';
import { ExitCode, endWith, UsageError } from './exit.ts';
import { labFile } from './places.ts';
import { readCatalogue } from './read-catalogue.ts';
import { renderClaim } from './report/claim.ts';
import { type Judged, renderClaims } from './report/claims.ts';
import { claimsDocument } from './report/claims-document.ts';
import { reportOptions } from './report-options.ts';
import { runAnywhere } from './run-anywhere.ts';
import { stopSignal } from './signals.ts';
import { closest } from './suggest.ts';

export interface ClaimsOptions {
  results: string[];
  run?: boolean;
  work?: string;
  strict?: boolean;
  verbose?: boolean;
  json?: boolean;
}

/** Prints the verdicts on all claims, on those of a group, or on one. */
export async function showClaims(asked: string | undefined, options: ClaimsOptions): Promise<void> {
  const chosen = choose(asked);
  if (options.run && options.results.length > 0)
    throw new UsageError('Cannot run labs for results of a folder: leave --run or --results out');
  const results = findResults(testingLabs, options.results);
  const evidence: Evidence = {
    ...Object.fromEntries([...results].map(([lab, { result }]) => [lab, result])),
    ...(options.run ? await fillGaps(chosen, results, options) : {}),
  };
  const judged = chosen.map((claim): Judged => ({ claim, verdict: judgeClaim(claim, evidence) }));
  process.stdout.write(`${render(judged, asked, results, options)}\n`);
  if (options.strict) process.exitCode ||= strictCode(judged);
}

function render(
  judged: readonly Judged[],
  asked: string | undefined,
  results: Map<string, Found>,
  options: ClaimsOptions,
) {
  if (options.json) return JSON.stringify(claimsDocument(judged, results), null, 1);
  const { verbose = false } = options;
  const [only] = judged;
  const entries = new Map(readCatalogue().map((lab) => [lab.id, lab]));
  if (only && only.claim.id === asked?.toUpperCase())
    return renderClaim(only, { results, entries }, reportOptions(verbose)).join('\n');
  return renderClaims(judged, { results, all: verbose || asked !== undefined }, reportOptions(verbose)).join('\n');
}

/** The claim with an id, those of a group's letter, or all of them. */
function choose(asked: string | undefined): readonly Claim[] {
  if (asked === undefined) return claims;
  const word = asked.toUpperCase();
  const group = claimGroups.find(({ letter }) => letter === word);
  if (group) return group.claims;
  const claim = claims.find(({ id }) => id === word);
  if (claim) return [claim];
  const near = closest(
    word,
    claims.map(({ id }) => id),
  );
  throw new UsageError(
    `Cannot find a claim '${asked}': ${near ? `did you mean '${near}'? ` : ''}./zc claims --verbose shows all of them`,
  );
}

/** Runs the labs that claims were not decided for want of, and adds their results; says why one cannot run here. */
async function fillGaps(
  chosen: readonly Claim[],
  results: Map<string, Found>,
  { work }: ClaimsOptions,
): Promise<Evidence> {
  const signal = stopSignal();
  const added: Record<string, Evidence[string]> = {};
  for (const lab of gaps(chosen, results)) {
    const path = labFile(lab);
    if (path === null || signal.aborted) continue;
    try {
      const loaded = await loadLab(path);
      const rounds = loaded.kind === 'time' ? { rounds: 9 } : {};
      const result = await runAnywhere(loaded, path, { quick: true, json: true, work, ...rounds }, signal);
      results.set(lab, { path: storedResults(lab).at(-1) ?? 'not kept', result });
      added[lab] = result;
    } catch (error) {
      if (!(error instanceof CannotRunHere)) endWith(error);
      else added[lab] = lacking(lab, error);
    }
  }
  return added;
}

/** What the machine lacks for a lab, said once as the others go on. */
function lacking(lab: string, { code, args }: CannotRunHere): Evidence[string] {
  const { why, remedy } = reasonText({ code, args });
  process.stderr.write(`${lab}: cannot run here: ${why}.${remedy ? ` ${remedy}` : ''}\n`);
  return { cannotRun: { code, args } };
}

/** Labs whose tests were not run, or have too few rounds. */
function gaps(chosen: readonly Claim[], results: Map<string, Found>): readonly string[] {
  const evidence = Object.fromEntries([...results].map(([lab, { result }]) => [lab, result]));
  const tested = chosen.flatMap((claim) => judgeClaim(claim, evidence).tested);
  return testingLabs.filter((lab) =>
    tested.some(({ test, finding }) => test.lab === lab && finding.state === 'not-run'),
  );
}

/** 1 when a claim did not hold, else 4 when one was too noisy to say. */
function strictCode(judged: readonly Judged[]): number {
  const some = (state: string) => judged.some(({ verdict }) => verdict.state === state);
  return some('not-held') ? ExitCode.broke : some('too-noisy') ? ExitCode.tooNoisy : ExitCode.ok;
}
