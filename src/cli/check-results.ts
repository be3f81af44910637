/**
 * `npm run results [-- FILE …]`: checks result files as they would be committed, all of labs/results without a name. One
 * sentence a problem on stderr; exit code 1 when there is one, 2 for an argument that names no result.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { loadResult } from '#machine/result-store.ts';
import { contributionProblems, placeOf } from '#model/contribution.ts';
import { ExitCode, endWith, UsageError } from './exit.ts';
import { labsFolder } from './places.ts';
import { readCatalogue } from './read-catalogue.ts';

const recorded = join(labsFolder, 'results');

/** Checks each file and says what is wrong with it. @throws {UsageError} for a path that no result can have */
export function checkResults(asked: readonly string[]): void {
  const files =
    asked.length > 0
      ? asked
      : globSync('*/*.json', { cwd: recorded })
          .sort()
          .map((file) => join(recorded, file));
  const problems = files.flatMap((file) => problemsOf(file).map((problem) => `${file}: ${problem}.`));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(
    `${files.length} results, ${problems.length === 0 ? 'all as they should be' : `${problems.length} problems`}.\n`,
  );
  if (problems.length > 0) process.exitCode = ExitCode.broke;
}

function problemsOf(file: string): readonly string[] {
  const place = placeOf(file);
  if (!place) throw new UsageError(`Expected results as labs/results/MACHINE/LAB.json, found '${file}'`);
  try {
    return contributionProblems(loadResult(file), place, readCatalogue());
  } catch (error) {
    return [(error as Error).message.replace(/\.$/, '')];
  }
}

if (import.meta.main) {
  try {
    checkResults(process.argv.slice(2));
  } catch (error) {
    endWith(error);
  }
}
