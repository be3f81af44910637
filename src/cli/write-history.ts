/** `npm run history`: notes in labs/verdict-history.json which verdicts of the committed results have changed. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadResult } from '#machine/result-store.ts';
import { claims, judgeClaim, type MachineVerdict, testingLabs } from '#model/claims/index.ts';
import { byRank } from '#model/recorded-machines.ts';
import { type VerdictHistory, verdictHistorySchema, withChanges } from '#model/verdict-history.ts';
import { labsFolder } from './places.ts';

const historyFile = join(labsFolder, 'verdict-history.json');
const recorded = join(labsFolder, 'results');

/** The history as it is committed. */
export function readHistory(): VerdictHistory {
  if (!existsSync(historyFile)) return { schemaVersion: 1, changes: [] };
  return verdictHistorySchema.parse(JSON.parse(readFileSync(historyFile, 'utf8')));
}

/** The verdict on each claim by the committed results: the reference machine leads, a guest stands in for what it lacks. */
export function committedVerdicts(): ReadonlyMap<string, MachineVerdict> {
  const machines = [
    ...new Set(globSync('*/*.json', { cwd: recorded }).map((file) => file.split('/', 1)[0] ?? '')),
  ].sort(byRank);
  const evidence = Object.fromEntries(
    testingLabs.map((lab) => {
      const file = machines.map((machine) => join(recorded, machine, `${lab}.json`)).find((one) => existsSync(one));
      return [lab, file === undefined ? undefined : loadResult(file)] as const;
    }),
  );
  return new Map(claims.map((claim) => [claim.id, judgeClaim(claim, evidence).state]));
}

if (import.meta.main) {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  writeFileSync(historyFile, `${JSON.stringify(withChanges(readHistory(), committedVerdicts(), now), null, 1)}\n`);
}
