/** Text on a terminal: plain characters where the terminal asks for them, colour where it may, lines that fit. */
import { styleText } from 'node:util';
import type { ReportOptions } from './options.ts';

export type Format = Parameters<typeof styleText>[0];

/** Colours text, or leaves it alone. Call it after the text has been laid out. */
export function paint(text: string, format: Format, { colour }: ReportOptions): string {
  return colour && text !== '' ? styleText(format, text, { validateStream: false }) : text;
}

/** Replaces what an ASCII terminal cannot show. Lengths change, so do it before text is laid out. */
export function spell(text: string, { unicode }: ReportOptions): string {
  if (unicode) return text;
  return [...text].map((character) => (character <= '~' ? character : (ASCII[character] ?? '?'))).join('');
}

const ASCII: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '×': 'x',
  '±': '+/-',
  µ: 'u',
  '…': '...',
  '→': '->',
  '’': "'",
  '●': '*',
  '◆': '#',
  '○': 'o',
};

/**
 * Breaks text at spaces into lines of at most `width`, the second and later ones indented. A number stays with its
 * unit.
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const words = text.replaceAll(UNIT_SPACE, '\u00a0').split(' ');
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].map((one) => one.replaceAll('\u00a0', ' '));
}

const UNIT_SPACE = /(?<=\d) (?=(?:%|[KMG]iB|bytes?|[mµun]?s)(?![a-z]))/g;
