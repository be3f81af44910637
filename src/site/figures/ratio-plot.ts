/** Dots with their intervals around the baseline at 1, one plot a group: the drawing of a comparison. */
import { el, type Markup } from '../markup.ts';
import type { Chart, ChartGroup, ChartRow } from './chart.ts';

/** Pixels of a row: its words, and its dot below them. */
const ROW = 44;

export function ratioPlot(chart: Chart): Markup[] {
  return chart.groups.map((group) =>
    el(
      'div',
      { class: 'zc-chart-group' },
      el(
        'p',
        { class: 'zc-chart-title' },
        group.title,
        ' ',
        group.noise && el('span', {}, `noise ${group.noise.words}`),
      ),
      drawing(chart, group),
    ),
  );
}

function drawing({ ticks, one }: Chart, { title, noise, rows }: ChartGroup): Markup {
  const bottom = rows.length * ROW + 6;
  const label = `${title}: ${rows.map((row) => `${row.title} ${row.amount}`).join(', ')}`;
  return el(
    'svg',
    { class: 'zc-chart', width: '100%', height: bottom + 18, role: 'img', 'aria-label': label },
    noise &&
      el('rect', { class: 'noise', x: `${noise.from}%`, width: `${noise.to - noise.from}%`, y: 0, height: bottom }),
    ticks.map(({ at, label }) => [
      el('line', { class: 'tick', x1: `${at}%`, x2: `${at}%`, y1: 0, y2: bottom }),
      el(
        'text',
        { class: 'tick', x: `${at}%`, y: bottom + 14, 'text-anchor': at === 0 ? 'start' : at > 97 ? 'end' : 'middle' },
        label,
      ),
    ]),
    el('line', { class: 'one', x1: `${one}%`, x2: `${one}%`, y1: 0, y2: bottom }),
    rows.map((row, index) => rowOf(row, index * ROW)),
  );
}

function rowOf({ verb, title, amount, at }: ChartRow, top: number): Markup {
  const y = top + 30;
  return el(
    'g',
    { class: `row ${verb}` },
    el('text', { class: 'name', x: 0, y: top + 17 }, title),
    el('text', { class: 'amount', x: '100%', y: top + 17, 'text-anchor': 'end' }, amount),
    at && [
      el('line', { class: 'track', x1: 0, x2: `${at.low}%`, y1: y, y2: y }),
      el('line', { class: 'interval', x1: `${at.low}%`, x2: `${at.high}%`, y1: y, y2: y }),
      el('circle', { cx: `${at.dot}%`, cy: y, r: 5 }),
    ],
  );
}
