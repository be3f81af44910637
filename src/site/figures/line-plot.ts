/** Lines over a factor, each with dots and intervals: a plot for each group of settings. */
import { el, type Markup } from '../markup.ts';
import { lookOf, PLOT_HEIGHT, type Plot } from './plot.ts';
import { anchorAt } from './scale.ts';

/** One plot a group of the other settings. */
export interface Panel {
  readonly title: string;
  readonly plot: Plot;
}

export function linePlots(panels: readonly Panel[]): Markup[] {
  return panels.map(({ title, plot }) =>
    el(
      'div',
      { class: 'zc-chart-group' },
      title && el('p', { class: 'zc-chart-title' }, title),
      el('ul', { class: 'zc-lines' }, plot.lines.map(legendOf)),
      drawing(title, plot),
    ),
  );
}

function legendOf(line: Plot['lines'][number], index: number): Markup {
  const sample = el(
    'svg',
    { class: `zc-chart zc-line-${index}`, width: 34, height: 12, role: 'img', 'aria-label': lookOf(index) },
    el('line', { class: 'line', x1: 0, x2: 34, y1: 6, y2: 6 }),
    el('circle', { cx: 17, cy: 6, r: 4.5 }),
  );
  return el('li', {}, sample, ' ', line.title);
}

function drawing(title: string, { lines, xTicks, yTicks, mark }: Plot): Markup {
  const names = lines.map((line) => line.title).join(', ');
  const label = `${title ? `${title}: ` : ''}${names}; the table below has the numbers`;
  return el(
    'svg',
    { class: 'zc-chart zc-plot', width: '100%', height: PLOT_HEIGHT + 20, role: 'img', 'aria-label': label },
    yTicks.map(({ at, label }) => [
      el('line', { class: 'tick', x1: 0, x2: '100%', y1: at, y2: at }),
      el('text', { class: 'tick', x: 0, y: at - 3 }, label),
    ]),
    mark !== null && el('line', { class: 'one', x1: 0, x2: '100%', y1: mark, y2: mark }),
    xTicks.map(({ at, label, tight }) => {
      const place = { x: `${at}%`, y: PLOT_HEIGHT + 15, 'text-anchor': anchorAt(at) };
      return el('text', { class: tight ? 'tick tight' : 'tick', ...place }, label);
    }),
    lines.map((line, index) => lineOf(line, index, mark)),
  );
}

function lineOf({ turn, dots }: Plot['lines'][number], index: number, mark: number | null): Markup {
  const middle = mark ?? PLOT_HEIGHT;
  return el(
    'g',
    { class: `zc-line-${index}` },
    turn &&
      el('rect', { class: 'turn', x: `${turn.from}%`, width: `${turn.to - turn.from}%`, y: middle - 6, height: 12 }),
    dots.slice(1).map((dot, at) => {
      const before = dots[at] ?? dot;
      return el('line', { class: 'line', x1: `${before.x}%`, y1: before.y, x2: `${dot.x}%`, y2: dot.y });
    }),
    dots.map((dot) => [
      el('line', { class: 'interval', x1: `${dot.x}%`, x2: `${dot.x}%`, y1: dot.low, y2: dot.high }),
      el('circle', { cx: `${dot.x}%`, cy: dot.y, r: 4.5 }),
    ]),
  );
}
