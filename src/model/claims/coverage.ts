/**
 * Which claims each sentence of the five articles makes. The texts are not in the repository, so a sentence is known by a
 * hash of its words; coverage.json holds `<hash> <claim ids>` or `<hash> <why none>` for each, in the article's order.
 */
import type { ArticleNumber } from './articles.ts';
import table from './coverage.json' with { type: 'json' };

/** One sentence or bullet. */
export interface Sentence {
  /** The first 12 hexadecimal digits of the SHA-256 of its words. */
  readonly hash: string;
  /** Ids of the claims that it makes; empty when it makes none. */
  readonly claims: readonly string[];
  /** Why it makes none, as a clause; null when it makes some. */
  readonly none: string | null;
}

/** Every sentence of every article, in its order. */
export const coverage: Readonly<Record<ArticleNumber, readonly Sentence[]>> = {
  1: table.articles[1].map(sentence),
  2: table.articles[2].map(sentence),
  3: table.articles[3].map(sentence),
  4: table.articles[4].map(sentence),
  5: table.articles[5].map(sentence),
};

function sentence(row: string): Sentence {
  const [hash = '', ...rest] = row.split(' ');
  const none = (table.none as Readonly<Record<string, string>>)[rest[0] ?? ''];
  return { hash, claims: none === undefined ? rest : [], none: none ?? null };
}
