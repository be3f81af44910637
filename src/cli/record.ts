/** `npm run record -- MACHINE [LAB …]`: runs labs as they are published and replaces labs/results/MACHINE/LAB.json. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultText } from '#machine/result-text.ts';
import { loadLab } from '#measure/lab.ts';
import { endWith, UsageError } from './exit.ts';
import { labFile, labIds, labsFolder } from './places.ts';
import { runOne } from './run.ts';
import { stopSignal } from './signals.ts';

/** The seed of everything that is recorded: whoever repeats it takes the samples in the same order. */
const SEED = 20_260_823;

async function record([machine, ...asked]: string[]): Promise<void> {
  if (!machine || !/^[a-z][a-z0-9-]*$/.test(machine)) {
    throw new UsageError(
      `Expected a name for this machine in lower case, such as reference-vm, found '${machine ?? ''}'`,
    );
  }
  process.env.ZC_MACHINE = machine;
  const signal = stopSignal();
  for (const id of asked.length > 0 ? asked : labIds()) {
    const path = labFile(id);
    if (!path) throw new UsageError(`Cannot find a lab '${id}': ./zc list --all shows all of them`);
    const result = await runOne(await loadLab(path), path, { seed: SEED }, signal);
    const file = join(labsFolder, 'results', machine, `${id}.json`);
    mkdirSync(join(labsFolder, 'results', machine), { recursive: true });
    writeFileSync(`${file}.part`, resultText(result));
    renameSync(`${file}.part`, file);
    process.stderr.write(`Recorded ${file}\n`);
  }
}

await record(process.argv.slice(2)).catch(endWith);
