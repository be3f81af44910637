/**
 * The verdicts on every claim by the results that are committed, as a text to read: verdicts.txt. When results were
 * recorded anew and a verdict changed, look at why before the text is renewed with `vitest -u`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labsFolder } from '#cli/places.ts';
import { loadResult } from '#machine/result-store.ts';
import { claimGroups, type Evidence, judgeClaim, testingLabs } from '#model/claims/index.ts';
import { byRank } from '#model/recorded-machines.ts';
import { machineWords, reasonText, sourceWords } from '#model/words/claims.ts';

const recorded = join(labsFolder, 'results');
const machines = readdirSync(recorded).sort(byRank);

test('the verdicts on the committed results are these', async () => {
  const evidence: Record<string, Evidence[string]> = {};
  for (const lab of testingLabs) {
    const path = machines.map((machine) => join(recorded, machine, `${lab}.json`)).find((one) => existsSync(one));
    if (path !== undefined) evidence[lab] = loadResult(path);
  }
  const lines = claimGroups.flatMap(({ letter, title, claims }) => [
    `${letter}. ${title}`,
    ...claims.map((claim) => {
      const { state, why } = judgeClaim(claim, evidence);
      const because = why === null ? '' : ` (${reasonText(why).why})`;
      return `${claim.id.padEnd(4)}${claim.statement}\n    ${sourceWords[claim.sources.verdict]} | ${machineWords[state]}${because}`;
    }),
    '',
  ]);
  await expect(lines.join('\n')).toMatchFileSnapshot('./verdicts.txt');
});
