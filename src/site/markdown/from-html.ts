/** A built page's content as Markdown: prose, tables, code, and of each figure its words and its table. */
import { type Element, hasClass, textIn } from './element.ts';

/** What is drawn, or works only in a browser; the words of a drawing stand beside it. */
const LEFT_OUT = new Set(['svg', 'button', 'select', 'form', 'dialog', 'nav', 'footer', 'starlight-toc', 'zc-theme']);
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'br',
  'cite',
  'code',
  'em',
  'i',
  'kbd',
  'mark',
  'q',
  's',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'time',
  'u',
  'var',
  'wbr',
]);

/** @param toAddress turns an address of the page into one that holds anywhere */
export function markdownOf(element: Element, toAddress: (href: string) => string): string {
  return `${blocks(element, toAddress)
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

type ToAddress = (href: string) => string;

function isLeftOut(element: Element): boolean {
  return LEFT_OUT.has(element.name) || hasClass(element, 'sr-only') || hasClass(element, 'sl-anchor-link');
}

/** The blocks inside an element; text between them is a block too. */
function blocks(element: Element, to: ToAddress): string[] {
  const found: string[] = [];
  let line = '';
  const flush = () => {
    if (line.trim()) found.push(line.trim());
    line = '';
  };
  for (const child of element.children) {
    if (typeof child === 'string' || INLINE.has(child.name)) line += inline(child, to);
    else if (!isLeftOut(child)) {
      flush();
      found.push(...block(child, to));
    }
  }
  flush();
  return found;
}

function block(element: Element, to: ToAddress): string[] {
  const { name } = element;
  if (/^h[1-6]$/.test(name)) return [`${'#'.repeat(Number(name[1]))} ${lineOf(element, to)}`];
  if (name === 'p' || name === 'dt' || name === 'summary') {
    const line = lineOf(element, to);
    return line === '' ? [] : [name === 'p' ? line : `**${line}**`];
  }
  if (name === 'pre') return [fenced(element)];
  if (name === 'ul' || name === 'ol') return [listOf(element, to)];
  if (name === 'table') return tableOf(element, to);
  if (name === 'zc-command') return [`\`\`\`sh\n${textIn(firstOf(element, 'code') ?? element).trim()}\n\`\`\``];
  if (name === 'blockquote') return [blocks(element, to).join('\n\n').replace(/^/gm, '> ')];
  if (name === 'hr') return ['---'];
  return blocks(element, to);
}

/** Phrasing as one line. */
function lineOf(element: Element, to: ToAddress): string {
  return element.children
    .map((child) => inline(child, to))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

function inline(child: Element | string, to: ToAddress): string {
  if (typeof child === 'string') return child.replace(/\s+/g, ' ').replace(/([\\`*_[\]<])/g, '\\$1');
  if (isLeftOut(child)) return '';
  const { name, attributes } = child;
  if (name === 'br') return ' ';
  if (name === 'code' || name === 'kbd') return `\`${textIn(child).replace(/\s+/g, ' ').trim()}\``;
  const words = lineOf(child, to);
  const [before, after] = [/^\s/.test(textIn(child)) ? ' ' : '', /\s$/.test(textIn(child)) ? ' ' : ''];
  if (words === '') return before;
  // A heading's link to itself is there to be taken from the page; in a text it would only be in the way.
  if (name === 'a' && attributes.href && !hasClass(child, 'zc-heading'))
    return `${before}[${words}](${to(attributes.href)})${after}`;
  if (name === 'strong' || name === 'b') return `${before}**${words}**${after}`;
  if (name === 'em' || name === 'i') return `${before}*${words}*${after}`;
  return INLINE.has(name) ? `${before}${words}${after}` : ` ${words} `;
}

/** Code as it stands: one line an element where Expressive Code made lines. */
function fenced(element: Element): string {
  const lines = allOf(element, (one) => hasClass(one, 'ec-line')).map((line) =>
    textIn(firstWith(line, 'code') ?? line).replace(/\n$/, ''),
  );
  const code = lines.length > 0 ? lines.join('\n') : textIn(element).replace(/^\n|\s+$/g, '');
  const fence = code.includes('```') ? '~~~' : '```';
  return `${fence}${element.attributes['data-language'] ?? ''}\n${code}\n${fence}`;
}

function listOf(element: Element, to: ToAddress): string {
  return element.children
    .filter((child): child is Element => typeof child !== 'string' && child.name === 'li')
    .map((item, index) => {
      const mark = element.name === 'ol' ? `${index + 1}. ` : '- ';
      return (
        mark +
        blocks(item, to)
          .join('\n')
          .replace(/\n/g, `\n${' '.repeat(mark.length)}`)
      );
    })
    .join('\n');
}

/** A caption becomes a line of its own; a table without a head gets an empty one, as Markdown asks. */
function tableOf(element: Element, to: ToAddress): string[] {
  const caption = firstOf(element, 'caption');
  const rows = allOf(element, ({ name }) => name === 'tr').map((row) =>
    row.children
      .filter((cell): cell is Element => typeof cell !== 'string' && /^t[hd]$/.test(cell.name))
      .map((cell) => blocks(cell, to).join(' ').replace(/\s+/g, ' ').replaceAll('|', '\\|')),
  );
  const width = Math.max(0, ...rows.map(({ length }) => length));
  const hasHead = firstOf(element, 'thead') !== undefined;
  const [head = [], ...body] = hasHead ? rows : [[], ...rows];
  const asLine = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
  const lines = [asLine(head), `|${' --- |'.repeat(width)}`, ...body.map(asLine)];
  return [...(caption ? [`**${lineOf(caption, to)}**`] : []), ...(width > 0 ? [lines.join('\n')] : [])];
}

function allOf(element: Element, wanted: (one: Element) => boolean): Element[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return wanted(child) ? [child] : allOf(child, wanted);
  });
}

const firstOf = (element: Element, name: string) => allOf(element, (one) => one.name === name)[0];
const firstWith = (element: Element, name: string) => allOf(element, (one) => hasClass(one, name))[0];
