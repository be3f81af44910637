/** One claim: what is said, who says it, what the sources say, what the machine showed, and how to repeat that. */

import type { CatalogueEntry } from '#model/catalogue.ts';
import { articles, type Tested } from '#model/claims/index.ts';
import type { LabResult } from '#model/result.ts';
import { shownText } from '#model/words/claims/shown.ts';
import { machineWords, reasonText, sourceWords, untestedText } from '#model/words/claims.ts';
import type { Judged } from './claims.ts';
import type { ReportOptions } from './options.ts';
import { paint, spell, wrap } from './text.ts';

export interface ClaimView {
  readonly results: ReadonlyMap<string, { path: string; result: LabResult }>;
  /** What the catalogue says of each lab: the same variant may have another title in another one. */
  readonly entries: ReadonlyMap<string, Pick<CatalogueEntry, 'variants' | 'factors'>>;
}

/** Lines of the explanation. */
export function renderClaim(
  { claim, verdict }: Judged,
  { results, entries }: ClaimView,
  options: ReportOptions,
): string[] {
  const { saidBy, sources, tests = [], untested = [] } = claim;
  const row = (name: string, text: string) => indented(name, text, options);
  const head = wrap(spell(`${claim.id}  ${claim.statement}`, options), options.width, '    ');
  const labs = [...new Set(tests.map(({ lab }) => lab))];
  return [
    ...head.map((line) => paint(line, 'bold', options)),
    '',
    ...saidBy.flatMap((number, at) =>
      row(at === 0 ? 'said by' : '', `${articles[number].title} (${articles[number].publisher})`),
    ),
    '',
    ...row('the sources', `${sourceWords[sources.verdict]}. ${sources.why}`),
    ...sources.citations.flatMap(({ source, says }) => row('', `${source}: ${says}`)),
    '',
    ...row('the machine', `${machineWords[verdict.state]}.`),
    ...verdict.tested.flatMap((one) => testedLines(one, entries).flatMap(([name, text]) => row(name, text))),
    ...untested.flatMap((one) => row(tests.length > 0 ? 'not tested' : 'why', `${untestedText(one)}.`)),
    ...(labs.length === 0 ? [] : ['']),
    ...labs.flatMap((lab) => row('result', resultLine(lab, results))),
    ...labs.flatMap((lab) => row('repeat it', command(lab, results))),
  ];
}

/** What was asked for, the answer, and the numbers or the reason. */
function testedLines({ test, finding }: Tested, entries: ClaimView['entries']): [string, string][] {
  const asked: [string, string] = [
    'asked for',
    `${test.asks} (${test.lab}): ${machineWords[finding.state].toLowerCase()}.`,
  ];
  const why = 'why' in finding ? reasonText(finding.why) : null;
  const numbers = 'numbers' in finding ? finding.numbers : [];
  const entry = entries.get(test.lab);
  return [
    asked,
    ...(why ? [['because', `${why.why}.${why.remedy ? ` ${why.remedy}` : ''}`] as [string, string]] : []),
    ...numbers.map((shown, at): [string, string] => [
      at === 0 ? 'seen' : '',
      shownText(shown, entry?.variants ?? {}, entry?.factors),
    ]),
  ];
}

function resultLine(lab: string, results: ClaimView['results']): string {
  const found = results.get(lab);
  if (!found) return `none of ${lab}`;
  const { environment, startedAt } = found.result;
  return `${lab}, ${environment.machine}, Linux ${environment.kernel.release}, ${startedAt.slice(0, 16).replace('T', ' ')} UTC: ${found.path}`;
}

/** A result of the guest is repeated in the guest; a count or proof can always be. */
function command(lab: string, results: ClaimView['results']): string {
  return `./zc run ${lab}${results.get(lab)?.result.environment.guest ? ' --guest' : ''}`;
}

const NAME_WIDTH = 13;

function indented(name: string, text: string, options: ReportOptions): string[] {
  const lines = wrap(spell(text, options), options.width - NAME_WIDTH);
  return lines.map((line, at) => (at === 0 ? name : '').padEnd(NAME_WIDTH) + line);
}
