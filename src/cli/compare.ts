/** `./zc compare`: what differs between two results, or between two folders of them. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadResult } from '#machine/result-store.ts';
import { answerDifferences, environmentDifferences } from '#model/compare/index.ts';
import type { LabResult } from '#model/result.ts';
import { UsageError } from './exit.ts';
import { resultFile } from './explain.ts';
import { readCatalogue } from './read-catalogue.ts';
import { type ComparedResults, renderComparison, renderOverview } from './report/compare.ts';
import { reportOptions } from './report-options.ts';

export interface CompareOptions {
  verbose?: boolean;
  json?: boolean;
}

/** Prints the differences. @param a, b result files, labs (their newest result), or two folders */
export function compareResults(a: string, b: string, { verbose = false, json }: CompareOptions): void {
  const [folderA, folderB] = [isFolder(a), isFolder(b)];
  if (folderA !== folderB)
    throw new UsageError(`Expected two results or two folders, found one of each: '${a}', '${b}'`);
  const { pairs, alone } = folderA ? ofFolders(a, b) : { pairs: [ofFiles(a, b)], alone: [] };
  const options = reportOptions(verbose);
  const [only] = pairs;
  if (json) process.stdout.write(`${JSON.stringify(document(pairs, alone), null, 1)}\n`);
  else {
    const lines = folderA || !only ? renderOverview(pairs, alone, options) : renderComparison(only, options);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

function ofFiles(a: string, b: string): ComparedResults {
  const [one, other] = [loadResult(resultFile(a)), loadResult(resultFile(b))];
  if (one.lab !== other.lab)
    throw new UsageError(`Cannot compare results of two labs: '${a}' is of ${one.lab}, '${b}' of ${other.lab}`);
  return comparedOf(one, other);
}

function comparedOf(a: LabResult, b: LabResult): ComparedResults {
  const entry = readCatalogue().find(({ id }) => id === a.lab);
  return {
    a,
    b,
    entry: entry ?? { variants: {} },
    environment: environmentDifferences(a, b),
    answers: answerDifferences(a, b, entry?.answer),
  };
}

/** Results by their file name, `<lab>.json`, and the names that only one folder has. */
function ofFolders(a: string, b: string): { pairs: ComparedResults[]; alone: string[] } {
  const [mine, theirs] = [namesIn(a), namesIn(b)];
  const both = mine.filter((name) => theirs.includes(name));
  if (both.length === 0)
    throw new UsageError(
      `Found no result of the same name in '${a}' and '${b}': expected files such as file-to-socket.json`,
    );
  return {
    pairs: both.map((name) => ofFiles(join(a, name), join(b, name))),
    alone: [...mine, ...theirs].filter((name) => !both.includes(name)).map((name) => name.replace(/\.json$/, '')),
  };
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function document(pairs: readonly ComparedResults[], alone: readonly string[]) {
  const run = ({ startedAt, environment }: LabResult) => ({ machine: environment.machine, startedAt });
  return {
    schemaVersion: 1,
    compared: pairs.map(({ a, b, environment, answers }) => ({
      lab: a.lab,
      a: run(a),
      b: run(b),
      environment,
      answers,
    })),
    alone,
  };
}
