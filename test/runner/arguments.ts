/** What `npm test -- …` was asked for. */
import { parseArgs } from 'node:util';
import { tierOf, tiers } from './tiers.ts';

export interface Asked {
  /** Tiers to run, in the order of tiers.ts. */
  readonly tiers: readonly string[];
  /** Test files that were named, relative to the clone; empty: all of the tiers. */
  readonly files: readonly string[];
  /** Tiers or files were named, so whatever they need was meant. */
  readonly explicit: boolean;
}

/** An argument that names nothing: one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads `--tier NAME` (several times, if need be) and parts of file names.
 *
 * @param args command line
 * @param testFiles every test file, relative to the clone
 * @throws {UsageError} for a tier that does not exist and a name that no test file has
 */
export function readArguments(args: readonly string[], testFiles: readonly string[]): Asked {
  const { values, positionals } = parse(args);
  const known = tiers.map((tier) => tier.name);
  const wanted = values.tier ?? [];
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no tier '${unknown}': there are ${known.join(', ')}`);

  const inTiers = testFiles.filter((file) => wanted.length === 0 || wanted.includes(tierOf(file)));
  const files = positionals.length === 0 ? inTiers : positionals.flatMap((part) => matching(part, inTiers));
  return {
    tiers: known.filter((name) => files.some((file) => tierOf(file) === name) || wanted.includes(name)),
    files: positionals.length === 0 ? [] : [...new Set(files)],
    explicit: wanted.length > 0 || positionals.length > 0,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { tier: { type: 'string', multiple: true } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(
      `${(error as Error).message.split('. ')[0]}: npm test takes --tier NAME and names of test files`,
    );
  }
}

function matching(part: string, files: readonly string[]): readonly string[] {
  const found = files.filter((file) => file.includes(part.replace(/^\.\//, '')));
  if (found.length === 0) throw new UsageError(`No test file has '${part}' in its name: they lie under test/`);
  return found;
}
