/**
 * `npm run bench:instrument`: weighs our loops against the same loops in C, interleaved. Program.
 *
 * Options: --rounds N, --seed N, --only FAMILY (may be repeated), --record FILE (every sample, as JSON), --strict (exit
 * code 1 unless the bar of src/model/instrument.ts is met).
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { endWith, UsageError } from '#cli/exit.ts';
import { progressOn } from '#cli/progress.ts';
import { stopSignal } from '#cli/signals.ts';
import { holdMachine } from '#machine/lock.ts';
import { type Session, withSession } from '#measure/session.ts';
import { INSTRUMENT_VERSION, type InstrumentDocument, instrumentSchema, instrumentSummary } from '#model/instrument.ts';
import { buildLoops, compiler } from './build.ts';
import { cells, searchedSizes } from './cells.ts';
import { instrumentReport } from './report.ts';
import { takeSeries } from './series.ts';
import { openSides } from './sides.ts';
import { makeSourceFiles } from './source-files.ts';

const ROUNDS = 31;
/** The seed of what is recorded: whoever repeats it takes the samples in the same order. */
const SEED = 20_260_823;
/** The file that is sent, bytes. */
const TRANSFER_BYTES = 64 * 2 ** 20;

interface Plan {
  readonly rounds: number;
  readonly seed: number;
  readonly only: readonly string[];
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string', multiple: true },
      record: { type: 'string' },
      strict: { type: 'boolean' },
    },
  });
  const plan: Plan = {
    rounds: whole('--rounds', values.rounds, ROUNDS),
    seed: whole('--seed', values.seed, SEED),
    only: values.only ?? [],
  };
  if (compiler() === null)
    throw new UsageError("Cannot find a C compiler: 'apt-get install -y gcc libc6-dev' would add one");

  const signal = stopSignal();
  const say = (text: string) => process.stderr.write(`${text}\n`);
  using _ =
    (await holdMachine('bench:instrument', (holder) => say(`Waiting for ${holder} to finish`), signal)) ?? undefined;
  const progress = progressOn(process.stderr, 'instrument');
  const request = { mode: 'default', rounds: plan.rounds, bytes: null, receiver: 'copy', seed: plan.seed } as const;
  const options = { request, labFile: '', work: undefined, diskBytes: 2 * TRANSFER_BYTES, progress, signal };
  const document = await withSession(options, (session) => weigh(session, plan));

  instrumentSchema.parse(document);
  if (values.record !== undefined) record(values.record, document);
  process.stdout.write(instrumentReport(document));
  if (values.strict && instrumentSummary(document).verdict !== 'met') process.exitCode = 1;
}

/** Compiles, makes the files, starts both sides and takes the series. */
async function weigh(session: Session, { rounds, seed, only }: Plan): Promise<InstrumentDocument> {
  const chosen = cells.filter(({ family }) => only.length === 0 || only.includes(family));
  const program = buildLoops(session.folder);
  const files = makeSourceFiles(session.folder, TRANSFER_BYTES, searchedSizes, seed);
  const sides = await openSides(session, program, files);
  const { transfer: transferred } = files;
  const options = { cells: chosen, rounds, seed, transferred, progress: session.progress };
  const families = await takeSeries(sides, options).finally(sides.end);
  return {
    schemaVersion: INSTRUMENT_VERSION,
    kind: 'instrument',
    startedAt: session.startedAt.toISOString(),
    environment: session.environment,
    seed,
    rounds,
    families,
  };
}

/** Writes the document with one sample a line. */
function record(path: string, document: InstrumentDocument): void {
  const text = JSON.stringify(document, null, 1).replace(/\{\s+"round"[^}]*\}/g, (sample) =>
    sample.replace(/\s+/g, ' '),
  );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, `${text}\n`);
  renameSync(`${path}.part`, path);
}

function whole(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`Expected a whole number above 0 after ${option}, found '${text}'`);
  return value;
}

await bench().catch(endWith);
