/** The overwrite test as the reader's machine had it. Apart from show.ts, because few pages ask for it. */
import { concludeProof } from '#model/words/index.ts';
import { proofRows } from '../figures/proof-rows.ts';
import { el, type Markup } from '../markup.ts';
import type { LabAsk } from './ask.ts';
import { nameOf, type Own } from './show.ts';

/** @throws {RangeError} for a result of another kind */
export function showProof({ only }: Extract<LabAsk, { show: 'proof' }>, { result, entry }: Own): Markup[] {
  if (result.kind !== 'proof') throw new RangeError('Expected a result of the overwrite test');
  const rows = proofRows(result, entry.variants, only);
  return [
    nameOf(result),
    el('p', {}, concludeProof(result, entry.variants).text),
    el(
      'ul',
      {},
      rows.map(({ title, links, arrived, text }) => {
        const seen = arrived ? `sent AAAA, the file became BBBB, ${arrived} arrived: ` : '';
        return el('li', {}, el('strong', {}, `${title}, ${links}: `), `${seen}${text}`);
      }),
    ),
  ];
}
