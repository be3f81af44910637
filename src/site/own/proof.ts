/** The overwrite test as the reader's machine had it. Apart, because few pages ask for it. */
import { concludeProof } from '#model/words/proof.ts';
import { proofRows } from '../figures/proof-rows.ts';
import { el } from '../markup.ts';
import type { LabAsk } from './ask.ts';
import { sayNeed } from './needs.ts';
import { nameOf, type Own, type Shown } from './shown.ts';

/** @throws {RangeError} for a result of another kind */
export function show(ask: LabAsk, { result, entry }: Own): Shown {
  if (ask.show !== 'proof' || result.kind !== 'proof') throw new RangeError('Expected a result of the overwrite test');
  const rows = proofRows(result, entry.variants, sayNeed, ask.only);
  return {
    own: [
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
    ],
  };
}
