/** What `./zc inspect` saw of the reader's program: the ways its files' bytes took, drawn and in words. */
import type { InspectDocument } from '#model/inspect-document.ts';
import type { Path, Route } from '#model/paths/path.ts';
import { isStraight, seenPath, seenRoute } from '#model/paths/seen.ts';
import type { Way } from '#model/tally.ts';
import { copiesText, inspectConclusion, memoryText, refusalText, unaccountedText } from '#model/words/inspect.ts';
import { formatBytes } from '#model/words/units.ts';
import { layOut } from '../figures/path-layout.ts';
import { pathPlot } from '../figures/path-plot.ts';
import { copyCount, hopSentence, pathSentence } from '../figures/path-words.ts';
import { el, type Markup } from '../markup.ts';

/** Ways that are drawn: those that carried most. */
const MOST_DRAWN = 4;
/** Reasons that are told. */
const MOST_REASONS = 5;

export function drawProgram(document: InspectDocument): Markup[] {
  const ways = waysOf(document);
  const drawn = ways.slice(0, MOST_DRAWN);
  const rest = ways.slice(MOST_DRAWN).reduce((sum, { bytes }) => sum + bytes, 0);
  const notes = [
    refusalText(document.flows),
    memoryText(document),
    rest > 0 ? `By other ways: ${formatBytes(rest)}.` : null,
    ...document.unaccounted.slice(0, MOST_REASONS).map((one) => `Not accounted for: ${unaccountedText(one)}.`),
    ...(document.copies ? copiesText(document.copies) : []),
  ];
  return [
    el('p', { class: 'zc-own-name' }, `Your program: ${nameOf(document)}`),
    el('p', {}, inspectConclusion(document)),
    ...(drawn.length > 0
      ? [el('div', { class: 'zc-plate' }, el('div', { class: 'zc-paths' }, drawn.map(column)))]
      : []),
    ...notes.flatMap((note) => (note ? [el('p', {}, note)] : [])),
  ];
}

interface SeenWay {
  readonly path: Path;
  readonly route: Route;
  readonly moved: Way['moved'];
  readonly bytes: number;
}

/** The ways of all files together, those that carried most first. */
function waysOf({ flows }: InspectDocument): SeenWay[] {
  const all = flows.flatMap((flow) => flow.ways.map((way) => ({ way, route: seenRoute(flow) })));
  const groups = Map.groupBy(all, ({ way, route }) => `${way.calls.join()} ${way.moved} ${route}`);
  const summed = [...groups.values()].flatMap((same) => {
    const [one] = same;
    if (!one || one.way.calls.length === 0) return [];
    const bytes = same.reduce((sum, { way }) => sum + way.bytes, 0);
    return [{ path: seenPath(one.way), route: one.route, moved: one.way.moved, bytes }];
  });
  return summed.sort((a, b) => b.bytes - a.bytes);
}

function column({ path, route, moved, bytes }: SeenWay): Markup {
  const [drawing] = isStraight(path, route) ? layOut([path], route) : [];
  const count = moved === 'asked' ? 'the kernel was asked not to copy' : copyCount(path, route);
  return el(
    'div',
    { class: 'zc-path-column' },
    el(
      'p',
      { class: 'zc-path-title' },
      el('strong', {}, path.title),
      el('span', {}, `${formatBytes(bytes)}: ${count}`),
    ),
    drawing && pathPlot(drawing, `${path.title}: ${pathSentence(path, route)}`),
    el('ol', { class: drawing ? 'sr-only' : '' }, ...path.hops(route).map((hop) => el('li', {}, hopSentence(hop)))),
  );
}

function nameOf({ command, pid }: InspectDocument): string {
  const words = command?.join(' ') ?? (pid === undefined ? 'a process' : `process ${pid}`);
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}
