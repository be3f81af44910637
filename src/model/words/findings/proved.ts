import type { AnswerKind, Proved, ProvedAnswers, ProvedTransfers } from '../../finding.ts';
import { formatBytes, formatCount } from '../units.ts';
import { quantityText } from './quantity.ts';
import { chain, count, exact } from './sentence.ts';

/** What was just proved, in numbers. */
export function provedText(proved: Proved): string {
  if ('answered' in proved) return answers[proved.answered](proved);
  const { cases, bytes: total, by, ways, packets, records } = proved;
  const moved = ways.reduce((sum, way) => sum + way.bytes, 0);
  const all = `Proved: ${formatCount(cases)} transfers right, ${formatBytes(total)} compared.${inPackets(packets)}${byKcat(records)}`;
  if (by === 'overwrite')
    return `${all} Of ${exact(moved)} the owner of the pages was found out by overwriting the file; programs may not be traced here, so no call was seen.`;
  const parts = ways.map(
    (way) =>
      `${exact(way.bytes)} of the file by ${chain(way.calls)} (${formatCount(way.times)} ${way.times === 1 ? 'call' : 'calls'} into the socket)`,
  );
  return `${all} Of one transfer every call was seen: ${parts.join(', ')}.`;
}

const answers: Record<AnswerKind, (proved: ProvedAnswers) => string> = {
  'predict-calls': ({ cases, numbers }) =>
    `Proved: of ${formatCount(cases)} copies you predicted every call, ${count(numbers.reads)} reads and ${count(numbers.writes)} writes. ${
      numbers.by === 'trace'
        ? 'strace counted as many.'
        : 'The loop itself counted as many; programs may not be traced here.'
    }`,
  'shared-pages': ({ cases, numbers }) =>
    `Proved: of ${formatCount(cases)} transfers whose way your function was not told, it found whose bytes arrived: of ${exact(numbers.bytes)}, ${exact(numbers.changed)} were still pages of the file when the call had returned, and the others were copies.`,
  readahead: ({ cases, numbers }) =>
    `Proved: of ${formatCount(cases)} patterns of reads you predicted which are read ahead, and counted it: ${count(numbers.asked)} pages were asked for, and ${count(numbers.resident)} were in memory afterwards.`,
  'index-lookup': ({ cases, numbers }) =>
    `Proved: ${formatCount(cases)} lookups right. In an index of ${count(numbers.entries)} entries one took ${count(numbers.faults)} page faults, where a scan takes ${count(numbers.scan)}; ${
      numbers.by === 'trace'
        ? 'strace saw the file mapped, and not read.'
        : 'no read was counted, and programs may not be traced here.'
    }`,
  segment: ({ cases, numbers }) =>
    `Proved: ${formatCount(cases)} segments laid out. The broker of this project opened each as after a crash, checked every CRC and found all ${count(numbers.batches)} batches with ${count(numbers.records)} offsets, and its own index was yours. Of ${count(numbers.lookups)} lookups through an index every position was right.`,
  choice: ({ cases, numbers }) =>
    `Proved: ${formatCount(cases)} choices, each by a count made here. ${Object.entries(numbers)
      .map(([situation, reason]) => choiceReason(situation, String(reason)))
      .join('; ')}.`,
};

/** @param reason technique, quantity, count, the next best and its count */
function choiceReason(situation: string, reason: string): string {
  const [technique, quantity = '', counted, other, otherCounted] = reason.split(' ');
  return `${situation}: ${technique} with ${quantityText(quantity, counted)}, ${other} with ${quantityText(quantity, otherCounted)}`;
}

function inPackets(packets: ProvedTransfers['packets'] = []): string {
  return packets
    .map(
      ({ bytes, segments }) =>
        ` ${exact(bytes)} of header and file left in ${formatCount(segments)} ${segments === 1 ? 'packet' : 'packets'}.`,
    )
    .join('');
}

function byKcat(records: number | undefined): string {
  return records === undefined ? '' : ` kcat printed ${formatCount(records)} records as they were produced.`;
}
