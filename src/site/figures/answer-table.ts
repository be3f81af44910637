/** The table of an answer, settings by settings: the same as in the terminal's report. */
import { type AnswerTable, partsOf } from '#model/words/answers/index.ts';
import { el, type Markup } from '../markup.ts';

/** @param label names the table for those who do not see it */
export function answerTable(table: AnswerTable, label: string): Markup[] {
  const { dense, sparse } = partsOf(table);
  const corner = table.corner.filter(Boolean).join(', ');
  return [...(dense ? [dense] : []), ...sparse].map((part) => {
    const heads = part.columns.map((column) => column.filter(Boolean).join(' '));
    const name = part === dense ? label : `${label}: ${part.groups[0]?.title ?? ''}`;
    const head = el(
      'tr',
      {},
      corner ? el('th', { scope: 'col' }, corner) : el('td'),
      heads.map((text) => el('th', { scope: 'col', class: 'n' }, text)),
    );
    return scrolling(
      name,
      el(
        'table',
        { class: 'zc-table zc-lined', 'aria-label': name },
        el('thead', {}, head),
        part.groups.map((group) => bodyOf(group, heads.length + 1)),
      ),
    );
  });
}

function bodyOf({ title, rows }: AnswerTable['groups'][number], columns: number): Markup {
  return el(
    'tbody',
    {},
    title && el('tr', {}, el('th', { scope: 'rowgroup', colspan: columns }, title)),
    rows.map((row) =>
      el(
        'tr',
        {},
        el('th', { scope: 'row' }, row.title),
        row.cells.map((cell) => el('td', { class: 'n' }, cell)),
      ),
    ),
  );
}

/** What Scroll.astro is: a box that scrolls sideways, reached by keyboard, and named. */
function scrolling(label: string, inside: Markup): Markup {
  return el('section', { class: 'zc-scroll', tabindex: 0, 'aria-label': label }, inside);
}
