/** The series as text: one table, then what the bar says. */
import type { ReportOptions } from '#cli/report/options.ts';
import { type Column, layOutTable } from '#cli/report/table.ts';
import { type Bar, type InstrumentDocument, type InstrumentRow, instrumentSummary } from '#model/instrument.ts';
import { formatBytes } from '#model/words/units.ts';

const verdicts: Record<InstrumentRow['verdict'], string> = {
  met: 'met',
  missed: 'MISSED',
  'too-few-rounds': 'too few rounds',
  'no-bar': '',
};

/** Wide enough for every column. */
const options: ReportOptions = { verbose: false, colour: false, width: 200, unicode: true };

export function instrumentReport(document: InstrumentDocument): string {
  const { rows } = instrumentSummary(document);
  const { machine, cpu, kernel, node, koffi } = document.environment;
  const table = layOutTable(columnsOf(rows), options);
  const missed = rows.filter(({ verdict }) => verdict === 'missed').length;
  return [
    `What the instrument weighs: CPU time of our loops beside the same loops in C.`,
    `${machine}: ${cpu.model}, Linux ${kernel.release}, Node ${node}, koffi ${koffi}. ${document.rounds} rounds, seed ${document.seed}.`,
    '',
    ...table.lines,
    '',
    'Medians; ratio and extra with their 95 % intervals. Extra is per call, or per lookup.',
    missed === 0 ? 'No row misses its bar.' : `${missed} of ${rows.length} rows miss their bar.`,
    '',
  ].join('\n');
}

function columnsOf(rows: readonly InstrumentRow[]): Column[] {
  const column = (
    head: readonly [string, string],
    align: Column['align'],
    cell: (row: InstrumentRow) => string,
  ): Column => ({
    name: head.join(' ').trim(),
    head,
    align,
    cells: rows.map(cell),
  });
  return [
    column(['loop', ''], 'left', ({ family }) => family),
    column(['size', ''], 'right', ({ bytes }) => (bytes === 0 ? '' : formatBytes(bytes))),
    column(['C', 'ns/op'], 'right', ({ cNs }) => nanoseconds(cNs.median)),
    column(['ours', 'ns/op'], 'right', ({ oursNs }) => nanoseconds(oursNs.median)),
    column(['ratio', ''], 'right', ({ ratio }) => (ratio.state === 'estimate' ? ratio.ratio.toFixed(3) : '')),
    column(['', ''], 'left', ({ ratio }) =>
      ratio.state === 'estimate' ? `${ratio.low.toFixed(3)} to ${ratio.high.toFixed(3)}` : '',
    ),
    column(['calls', 'per op'], 'right', ({ callsPerOperation }) => String(callsPerOperation)),
    column(['extra', 'ns/call'], 'right', ({ extra }) => (extra.state === 'estimate' ? nanoseconds(extra.ns) : '')),
    column(['', ''], 'left', ({ extra }) =>
      extra.state === 'estimate' ? `${nanoseconds(extra.low)} to ${nanoseconds(extra.high)}` : '',
    ),
    column(['bar', ''], 'left', ({ bar }) => (bar ? barText(bar) : '')),
    column(['', ''], 'left', ({ verdict }) => verdicts[verdict]),
  ];
}

function barText(bar: Bar): string {
  return bar.measure === 'ratio'
    ? `ratio ≤ ${bar.most}, high ≤ ${bar.mostHigh.toFixed(2)}`
    : `extra ≤ ${bar.mostNs} ns`;
}

/** One decimal below ten. */
function nanoseconds(ns: number): string {
  return Math.abs(ns) < 9.95 ? ns.toFixed(1) : Math.round(ns).toLocaleString('en-US');
}
