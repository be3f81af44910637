/**
 * `npm run prove:verdicts`: runs all labs once and judges every claim; with --record FILE the run is added to those that
 * the file has already. The bar is for five runs, half an hour apart. Options: --record FILE, --work FOLDER, --seed N.
 */
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ExitCode, endWith, UsageError } from '#cli/exit.ts';
import { readCatalogue } from '#cli/read-catalogue.ts';
import { stopSignal } from '#cli/signals.ts';
import { commit } from '#machine/commit.ts';
import { environment, placement } from '#machine/environment.ts';
import { holdMachine } from '#machine/lock.ts';
import { chooseWorkFolder } from '#machine/work-folder.ts';
import {
  type ProveVerdicts,
  proveVerdictsSchema,
  sameAgainstSame,
  type VerdictsRun,
  verdictsBar,
  verdictsOf,
  verdictsSummary,
} from '#model/prove.ts';
import { type LabResult, labResultSchema } from '#model/result.ts';
import { type LeadingMeasure, leadingMeasure, widestNoise } from '#model/statistics.ts';
import { proveText } from './prove-text.ts';
import { runLab } from './run-lab.ts';

const COMMAND = ['--all', '--quick'];
const documentSchema = z.object({
  results: z.array(labResultSchema),
  failed: z.array(z.object({ lab: z.string(), why: z.string() })).optional(),
});

if (import.meta.main) await main().catch(endWith);

async function main(): Promise<void> {
  const { record, work, seed } = readOptions();
  const earlier = record !== undefined && existsSync(record) ? readSeries(record) : null;
  const say = (line: string) => void process.stderr.write(`verdicts: ${line}\n`);
  const signal = stopSignal();
  using _ = await holdMachine('npm run prove:verdicts', (holder) => say(`waiting for ${holder}`), signal);
  const series = await addRun(earlier, { work, seed, signal });
  proveVerdictsSchema.parse(series);
  if (record === undefined) process.stdout.write(proveText(series));
  else {
    mkdirSync(dirname(record), { recursive: true });
    writeFileSync(record, proveText(series));
  }
  const { held, text } = verdictsSummary(series);
  say(text);
  if (held === false) process.exitCode = ExitCode.broke;
}

/** One more run of all labs. */
export async function addRun(
  earlier: ProveVerdicts | null,
  { work, seed, signal }: { work: string | undefined; seed: number; signal: AbortSignal },
): Promise<ProveVerdicts> {
  const startedAt = new Date();
  const { results, failed = [] } = documentSchema.parse(
    await runLab([...COMMAND, '--seed', String(seed)], { work, signal }, true),
  );
  const run = runOf(results, {
    order: earlier?.runs.length ?? 0,
    startedAt: startedAt.toISOString(),
    durationNs: (Date.now() - startedAt.getTime()) * 1e6,
    failed,
  });
  const commits = [...(earlier?.parameters.commits ?? []), commit() ?? 'unknown'];
  return {
    kind: 'prove-verdicts',
    schemaVersion: 1,
    startedAt: earlier?.startedAt ?? run.startedAt,
    durationNs: (earlier?.durationNs ?? 0) + run.durationNs,
    seed: earlier?.seed ?? seed,
    share: 1,
    small: false,
    environment: earlier?.environment ?? environment(chooseWorkFolder(work, 0), placement()),
    parameters: { command: `./zc run ${COMMAND.join(' ')}`, commits },
    runs: [...(earlier?.runs ?? []), run],
  };
}

/** What is kept of a run. */
export function runOf(
  results: readonly LabResult[],
  about: Pick<VerdictsRun, 'order' | 'startedAt' | 'durationNs' | 'failed'>,
): VerdictsRun {
  const same = results.map((result) => sameAgainstSame(result, leading(result.lab)));
  return {
    ...about,
    labs: results.map((result) => ({ lab: result.lab, noise: widestNoise(result, leading(result.lab)) })),
    same: {
      compared: same.reduce((sum, { compared }) => sum + compared, 0),
      differed: same.reduce((sum, { differed }) => sum + differed, 0),
    },
    verdicts: verdictsOf(results),
  };
}

/** What the noise of a lab is looked for in. */
function leading(lab: string): LeadingMeasure {
  return leadingMeasure(readCatalogue().find(({ id }) => id === lab)?.answer);
}

function readSeries(file: string): ProveVerdicts {
  const series = proveVerdictsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const last = Date.parse((series.runs.at(-1) as VerdictsRun).startedAt);
  const missing = last + verdictsBar.apartMs - Date.now();
  if (missing > 0)
    throw new UsageError(
      `Cannot add a run to ${file} yet: runs are half an hour apart, so in ${Math.ceil(missing / 60_000)} minutes`,
    );
  return series;
}

function readOptions(): { record: string | undefined; work: string | undefined; seed: number } {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { record: text, work: text, seed: text } });
    return { record: values.record, work: values.work, seed: Number(values.seed ?? randomInt(1, 1e9)) };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
