/** What a command printed, for a page that is not as wide as the terminal was. */

/** A paragraph of the output: sentences wrap where the page ends, the columns of a table must not. */
export interface Printed {
  readonly kind: 'sentences' | 'table';
  readonly text: string;
}

/** The line that was typed, and the paragraphs that followed. Sentences that the terminal's edge broke are whole again. */
export function printed(text: string): { readonly command: string; readonly paragraphs: readonly Printed[] } {
  const [command = '', ...lines] = text.trimEnd().split('\n');
  const paragraphs = lines.join('\n').split(/\n{2,}/);
  return { command, paragraphs: paragraphs.map(paragraphOf) };
}

function paragraphOf(text: string): Printed {
  // Columns are kept apart by runs of spaces, which no sentence has.
  if (/\S {2,}\S/.test(text)) return { kind: 'table', text };
  return { kind: 'sentences', text: text.replace(/([^.\n])\n/g, '$1 ') };
}
