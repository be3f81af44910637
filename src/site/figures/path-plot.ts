/** One technique's path, drawn. Colour, mark and line style say the same thing three times. */
import { el, type Markup } from '../markup.ts';
import { BOUNDARY, type Box, type Drawing, type DrawnHop, WIDTH } from './path-layout.ts';

/** @param name accessible name: what the drawing shows, in a sentence */
export function pathPlot({ boxes, hops, height, receiverFrom }: Drawing, name: string): Markup {
  return el(
    'svg',
    { class: 'zc-path', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': name },
    el('path', { class: 'boundary', d: `M${BOUNDARY} 22V${height}` }),
    el('text', { class: 'lane', x: BOUNDARY - 10, y: 14, 'text-anchor': 'end' }, 'kernel'),
    el('text', { class: 'lane', x: BOUNDARY + 10, y: 14 }, 'program'),
    receiverFrom !== null && [
      el('path', { class: 'receiver', d: `M4 ${receiverFrom}H${WIDTH - 4}` }),
      el('text', { class: 'lane', x: WIDTH - 4, y: receiverFrom - 6, 'text-anchor': 'end' }, 'receiver ↓'),
    ],
    boxes.map(boxOf),
    hops.map(hopOf),
  );
}

function boxOf({ place, x, y, width, height, passedBy }: Box): Markup {
  const middle = { x: x + width / 2, 'text-anchor': 'middle' };
  return el(
    'g',
    { class: passedBy ? 'place passed-by' : 'place' },
    el('rect', { x, y, width, height }),
    passedBy
      ? [el('text', { ...middle, y: y + 14 }, place), el('text', { ...middle, y: y + 27 }, 'unused')]
      : el('text', { ...middle, y: y + height / 2 + 4.5 }, place),
  );
}

function hopOf({ hop, line, end, mark, label, words, senderCopy }: DrawnHop): Markup {
  return el(
    'g',
    { class: ['hop', hop.by, hop.when].filter(Boolean).join(' ') },
    el('path', { class: 'line', d: line }),
    el('path', { class: 'head', d: `M${end.x - 4.5} ${end.y - 8}L${end.x} ${end.y}L${end.x + 4.5} ${end.y - 8}z` }),
    hop.by === 'dma'
      ? el('path', { class: 'mark', d: `M${mark.x} ${mark.y - 8}l8 8l-8 8l-8 -8z` })
      : el('circle', { class: 'mark', cx: mark.x, cy: mark.y, r: hop.by === 'cpu' ? 8.5 : 6.5 }),
    senderCopy !== null &&
      el('text', { class: 'number', x: mark.x, y: mark.y + 4, 'text-anchor': 'middle' }, String(senderCopy)),
    el('text', { class: 'who', x: label.x, y: label.y }, words.who),
    el('text', { class: 'when', x: label.x, y: label.y + 13 }, words.when),
    words.seen && el('text', { class: 'seen', x: label.x, y: label.y + 26 }, words.seen),
  );
}
