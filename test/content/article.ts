/** What an article must have, read out of its text. Each function is tried on the mistake it is there for. */

/** Words that the glossary explains: the bold ones, which may stand together (`**memfd, seal**`). */
export function glossaryTerms(glossary: string): ReadonlySet<string> {
  return new Set(boldIn(glossary.split(/^## Timeline$/m)[0]!).flatMap((bold) => bold.split(/,\s*/)));
}

/** Terms that a text introduces, in bold amid a sentence, and that the glossary lacks. The lead of an item or a paragraph is none. */
export function unexplained(body: string, glossary: ReadonlySet<string>): string[] {
  const running = body.replace(/^(?:\s*(?:[-*]|\d+\.)\s+|\|.*\|$)?\*\*[^*]+\*\*/gm, '').replace(/^\|.*$/gm, '');
  const known = (term: string) => singulars(term).some((one) => glossary.has(one));
  return boldIn(running).filter((term) => !known(term));
}

function boldIn(text: string): string[] {
  return [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, bold]) => bold!.toLowerCase().replace(/[.,:;]$/, ''));
}

function singulars(term: string): string[] {
  return [term, term.replace(/s$/, ''), term.replace(/es$/, ''), term.replace(/ies$/, 'y')];
}

/** Those who made the thing, or wrote it down when it was made: manuals, source, specifications, the article of 2008. */
const primary =
  /\(\d\)\]|Linux \d|Linux documentation|Apache Kafka|KAFKA-\d|Java SE|JDK \d|IBM developerWorks|Node\.js|libuv|nginx|OpenSSL/;
/** A place in it: a function or a setting, a section, a figure, a heading. */
const place =
  /`[^`]+`|\bsections?\b|\bfigures? \d|\btable \d|\bsteps? \d|\b(?:NOTES|DESCRIPTION|VERSIONS|ERRORS)\b|, \*[A-Z][^*]+\*/;

/** Items under *Sources* that are primary and say where in them to look. */
export function exactSources(body: string): string[] {
  const sources = body.split(/^## Sources$/m)[1] ?? '';
  return [...sources.matchAll(/^- (.*)$/gm)]
    .map(([, item]) => item!)
    .filter((item) => primary.test(item) && place.test(item));
}

/** Names of the exercises that a text leads to. */
export function exercisesIn(body: string): string[] {
  return [...body.matchAll(/\]\(\/exercises\/([a-z-]+)\/\)/g)].map(([, name]) => name!);
}
