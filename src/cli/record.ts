/**
 * `npm run record -- MACHINE [LAB …]`: runs labs as they are published and replaces labs/results/MACHINE/LAB.json. A
 * machine named guest-linux-6.12 or guest-linux-6.1 is the guest with that kernel.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { resultText } from '#machine/result-text.ts';
import { loadLab } from '#measure/lab.ts';
import { endWith, UsageError } from './exit.ts';
import { labFile, labIds, labsFolder } from './places.ts';
import { type RunOptions, runOne } from './run-one.ts';
import { stopSignal } from './signals.ts';

/** The seed of everything that is recorded: whoever repeats it takes the samples in the same order. */
const SEED = 20_260_823;

async function record([machine, ...asked]: string[]): Promise<void> {
  if (!machine || !/^[a-z][a-z0-9.-]*$/.test(machine)) {
    throw new UsageError(
      `Expected a name for this machine in lower case, such as reference-vm, found '${machine ?? ''}'`,
    );
  }
  process.env.ZC_MACHINE = machine;
  const signal = stopSignal();
  const guestKernel = /^guest-linux-(.+)$/.exec(machine)?.[1];
  const options: RunOptions = { seed: SEED };
  if (guestKernel !== undefined) Object.assign(options, { guest: true, guestKernel });
  for (const id of asked.length > 0 ? asked : labIds()) {
    const path = labFile(id);
    if (!path) throw new UsageError(`Cannot find a lab '${id}': ./zc list --all shows all of them`);
    const lab = await loadLab(path);
    if (guestKernel !== undefined && asked.length === 0 && lab.kind === 'time') continue;
    const result = await runOne(lab, path, options, signal).catch((error) => {
      if (asked.length > 0 || !(error instanceof CannotRunHere)) throw error;
      return null;
    });
    if (result === null) {
      process.stderr.write(`${id} cannot run on ${machine}: nothing is recorded\n`);
      continue;
    }
    const file = join(labsFolder, 'results', machine, `${id}.json`);
    mkdirSync(join(labsFolder, 'results', machine), { recursive: true });
    writeFileSync(`${file}.part`, resultText(result));
    renameSync(`${file}.part`, file);
    process.stderr.write(`Recorded ${file}\n`);
  }
}

await record(process.argv.slice(2)).catch(endWith);
