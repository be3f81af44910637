/** The report of ./zc inspect: the conclusion, a row for each file and socket, and what is missing from it. */
import { type Flow, referencedBytes, type Tally } from '#model/tally.ts';
import { inspectConclusion, memoryText, refusalText, unaccountedText, wayText } from '#model/words/inspect.ts';
import { formatBytes, formatCount, formatPercent } from '#model/words/units.ts';
import type { ReportOptions } from './options.ts';
import { type Column, layOutTable } from './table.ts';
import { paint, spell, wrap } from './text.ts';

/** Rows of the table; the rest is summed up in one. */
const MOST_ROWS = 8;
/** Reasons that are told without --verbose. */
const MOST_REASONS = 3;
const PATH_COLUMNS = 36;

/** Lines of the report, at most 25. */
export function renderInspect(tally: Tally, options: ReportOptions): string[] {
  const say = (text: string, indent = '') => wrap(spell(text, options), options.width, indent);
  const reasons = tally.unaccounted.map(unaccountedText);
  const shown = options.verbose ? reasons : reasons.slice(0, MOST_REASONS);
  const notes = [
    refusalText(tally.flows),
    memoryText(tally),
    ...shown.map((text) => `Not accounted for: ${text}.`),
    reasons.length > shown.length ? `${reasons.length - shown.length} more reasons: --verbose or --json.` : null,
  ];
  const calls = Object.values(tally.calls).reduce((sum, count) => sum + count, 0);
  const seen = `${formatCount(calls)} calls were traced in ${plural(tally.processes, 'process', 'processes')}, with ${plural(tally.sockets.length, 'socket')}.`;
  return [
    ...say(inspectConclusion(tally)).map((line) => paint(line, 'bold', options)),
    ...(tally.flows.length > 0 ? ['', ...flowTable(tally.flows, options), ''] : []),
    ...notes.flatMap((note) => (note ? say(note, '  ') : [])),
    ...say(seen),
  ];
}

interface Row {
  readonly file: string;
  readonly over: string;
  readonly flows: readonly Flow[];
}

function flowTable(flows: readonly Flow[], options: ReportOptions): string[] {
  const rows = rowsOf(flows);
  const most = options.verbose ? rows.length : MOST_ROWS;
  const shown = rows.slice(0, most);
  const column = (head: string, align: Column['align'], text: (row: Row) => string): Column => ({
    name: head,
    head: [head, ''],
    align,
    cells: shown.map(text),
  });
  const { lines, leftOut } = layOutTable(
    [
      column('file', 'left', ({ file }) => shortened(file)),
      column('into', 'left', ({ over }) => over),
      column('bytes', 'right', (row) => formatBytes(bytesOf(row.flows))),
      column('by reference', 'right', (row) => formatPercent(referencedOf(row.flows) / bytesOf(row.flows))),
      column('how', 'left', (row) => waysOf(row.flows)),
    ],
    options,
  );
  const rest = rows.slice(most).flatMap((row) => row.flows);
  const more =
    rest.length > 0 ? [`and ${rows.length - most} more, ${formatBytes(bytesOf(rest))} together: --verbose`] : [];
  const narrow = leftOut.length > 0 ? [spell(`Too narrow for: ${leftOut.join(', ')}.`, options)] : [];
  return [...lines, ...more, ...narrow];
}

/** One row a file and end of the connection on this side, the largest first. */
function rowsOf(flows: readonly Flow[]): Row[] {
  const moved = flows.filter(({ bytes }) => bytes > 0);
  const groups = Map.groupBy(moved, ({ file, kind, socket }) => `${file}\n${kind === 'tcp' ? nearEnd(socket) : kind}`);
  const rows = [...groups.values()].map((same): Row => {
    const [first] = same as [Flow];
    const sockets = new Set(same.map(({ socket }) => socket)).size;
    const times = sockets > 1 ? ` (${formatCount(sockets)}×)` : '';
    return { file: first.file, over: `${endText(first)}${times}`, flows: same };
  });
  return rows.sort((a, b) => bytesOf(b.flows) - bytesOf(a.flows));
}

const nearEnd = (socket: string) => socket.split('->')[0] ?? socket;

function endText({ kind, socket }: Flow): string {
  if (kind === 'unix') return 'AF_UNIX';
  return kind === 'tcp' ? `TCP ${nearEnd(socket)}` : socket;
}

function waysOf(flows: readonly Flow[]): string {
  const bytes = new Map<string, number>();
  for (const way of flows.flatMap(({ ways }) => ways))
    bytes.set(wayText(way), (bytes.get(wayText(way)) ?? 0) + way.bytes);
  const sorted = [...bytes].sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => (sorted.length > 1 ? `${name} ${formatBytes(count)}` : name)).join(', ');
}

function bytesOf(flows: readonly Flow[]): number {
  return flows.reduce((sum, { bytes }) => sum + bytes, 0);
}

function referencedOf(flows: readonly Flow[]): number {
  return flows.reduce((sum, flow) => sum + referencedBytes(flow), 0);
}

/** A long path loses its beginning: its end tells more. */
function shortened(path: string): string {
  return path.length <= PATH_COLUMNS ? path : `…${path.slice(1 - PATH_COLUMNS)}`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
