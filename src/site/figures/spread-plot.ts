/** Percentiles of latencies: a row a path, from the middle to the tail, all groups on one axis. */
import { el, type Markup } from '../markup.ts';
import { anchorAt } from './scale.ts';
import type { SpreadChart, SpreadRow } from './spread.ts';

/** Title, dots, and the numbers below: beside the title they would meet it on a small screen. Pixels. */
const ROW = 62;

export function spreadPlot(chart: SpreadChart): Markup[] {
  return chart.groups.map(({ title, rows }) =>
    el(
      'div',
      { class: 'zc-chart-group' },
      title && el('p', { class: 'zc-chart-title' }, title),
      drawing(chart, title, rows),
    ),
  );
}

function drawing({ ticks }: SpreadChart, title: string, rows: readonly SpreadRow[]): Markup {
  const bottom = rows.length * ROW + 6;
  const label = `${title ? `${title}: ` : ''}${rows.map((row) => `${row.title} ${row.amount}`).join('; ')}`;
  return el(
    'svg',
    { class: 'zc-chart', width: '100%', height: bottom + 18, role: 'img', 'aria-label': label },
    ticks.map(({ at, label }) => [
      el('line', { class: 'tick', x1: `${at}%`, x2: `${at}%`, y1: 0, y2: bottom }),
      el('text', { class: 'tick', x: `${at}%`, y: bottom + 14, 'text-anchor': anchorAt(at) }, label),
    ]),
    rows.map((row, index) => rowOf(row, index * ROW)),
  );
}

function rowOf({ title, amount, dots }: SpreadRow, top: number): Markup {
  const y = top + 30;
  return el(
    'g',
    { class: 'spread' },
    el('text', { class: 'name', x: 0, y: top + 17 }, title),
    el('text', { class: 'amount', x: 0, y: top + 50 }, amount),
    el('line', { class: 'interval', x1: `${dots[0]?.at}%`, x2: `${dots.at(-1)?.at}%`, y1: y, y2: y }),
    dots.map(({ at }, place) =>
      el('circle', { class: place === 0 ? 'middle' : 'tail', cx: `${at}%`, cy: y, r: place === 0 ? 6 : 4 }),
    ),
  );
}
