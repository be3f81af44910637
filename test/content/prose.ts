/** Reads the pages of content/ as text, and finds what must not stand there. */

export interface Page {
  /** Path under content/. */
  readonly file: string;
  readonly frontmatter: Readonly<Record<string, string>>;
  /** Everything after the frontmatter and the imports. */
  readonly body: string;
}

export function readPage(file: string, source: string): Page {
  const [, head = '', rest = ''] = source.match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
  const entries = [...head.matchAll(/^(\w+): *(.*)$/gm)].map(([, name, value]) => [name!, value!] as const);
  return { file, frontmatter: Object.fromEntries(entries), body: rest.replace(/^import .*$\n?/gm, '').trim() };
}

/** A body as a reader sees it: no tags of components, no targets of links, no markup. Code stays: it exempts nothing. */
export function proseOf(body: string): string {
  return body
    .replace(/<\/?[A-Za-z](?:"[^"]*"|'[^']*'|\{[^}]*\}|[^'"{>])*>/g, ' ')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/^```.*$/gm, '');
}

/** Without what is cited: the sources, and numbers of others in the text, which say whose they are. */
export function withoutSources(body: string): string {
  return body.split(/^## Sources$/m)[0]!.replace(/<Cited by="[^"]+">[^<]*<\/Cited>/g, 'a cited number');
}

const units = [
  '(?:m|µ|u|n)?s',
  'seconds?|milliseconds?|microseconds?|nanoseconds?|minutes?',
  '%|percent|per cent',
  '×|x|times|-fold',
  '(?:[KMGT]i?)?(?:B|bytes?|bits?)(?:/s| (?:a|per) second)',
  '[KMG]bit/s|/s|per second|a second',
].join('|');
const words =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|hundred|a thousand';
const typedResult = new RegExp(
  String.raw`(?<![\w.])(?:\d[\d.,]*(?:\s*(?:to|-|–)\s*\d[\d.,]*)?|${words})(?:\s|-)*(?:${units})(?![\w/])`,
  'gi',
);
/** In words, seconds of a clock and the like are results; "two times" and "five ways" are told apart by the unit. */
export function typedResults(body: string): string[] {
  return [...proseOf(withoutSources(body)).matchAll(typedResult)].map(([found]) => found.replace(/\s+/g, ' '));
}

export function wordsOf(body: string): string[] {
  return proseOf(body)
    .split(/\s+/)
    .filter((word) => /[A-Za-z0-9]/.test(word));
}

/** The first paragraph, with its components in place. */
export function openingOf(body: string): string {
  return body.split(/\n\s*\n/).find((part) => /^[^<#\s]/.test(part)) ?? '';
}

/** The part of an opening that lies within its first words; a component counts as one word. */
export function firstWords(opening: string, count: number): string {
  const parts = opening.match(/<[A-Z][^>]*>|[^\s<]+/g) ?? [];
  return parts.slice(0, count).join(' ');
}
