/** The five articles that the claims were taken from. Their texts are not in the repository. */

export type ArticleNumber = 1 | 2 | 3 | 4 | 5;

export interface Article {
  readonly title: string;
  readonly publisher: string;
}

export const articles: Readonly<Record<ArticleNumber, Article>> = {
  1: { title: 'Kafka based system with and without zero copy', publisher: 'LinkedIn, Saral Saxena' },
  2: { title: 'What is Zero Copy in Kafka?', publisher: 'the blog of clasnake' },
  3: { title: 'Zero Copy Basics', publisher: '2 Minute Streaming' },
  4: { title: 'Why is Kafka fast?', publisher: 'ByteByteGo' },
  5: { title: "Kafka's Zero-Copy Optimization: Simplified", publisher: 'study notes, a draft of 2024' },
};
