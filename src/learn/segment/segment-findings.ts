/** Compares a segment that somebody laid out with the layout that it should have. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#model/finding.ts';
import type { About } from '../answers/asked-findings.ts';
import { ASSIGNED_BYTES, indexBytes, type Layout, readIndex, segmentName } from './layout.ts';

/** The first thing that is wrong with the files in a folder. @param produced the batches as they came */
export function segmentFindings(folder: string, produced: Buffer, layout: Layout, about: About): Finding[] {
  const found = [
    () => nameFinding(folder, layout, 'log', about),
    () => logFinding(readFileSync(join(folder, segmentName(layout.baseOffset, 'log'))), produced, layout, about),
    () => nameFinding(folder, layout, 'index', about),
    () => indexFinding(readFileSync(join(folder, segmentName(layout.baseOffset, 'index'))), layout, about),
  ];
  for (const look of found) {
    const finding = look();
    if (finding) return [finding];
  }
  return [];
}

function nameFinding(folder: string, { baseOffset }: Layout, kind: 'log' | 'index', about: About): Finding | null {
  const expected = segmentName(baseOffset, kind);
  if (existsSync(join(folder, expected))) return null;
  const others = readdirSync(folder).filter((name) => name.endsWith(`.${kind}`));
  return { code: 'segment-name', args: { ...about, expected, found: others.toSorted()[0] ?? '' } };
}

/** @param log what lies in the `.log` */
export function logFinding(log: Buffer, produced: Buffer, { batches }: Layout, about: About): Finding | null {
  for (const [at, { position, bytes, baseOffset }] of batches.entries()) {
    const where = { ...about, batch: at + 1, of: batches.length, position };
    if (log.length < position + bytes) break;
    const assigned = log.readBigInt64BE(position);
    const end = position + bytes;
    // The leader epoch between the length and the CRC is the broker's own business.
    const same =
      log.subarray(position + 8, position + 12).equals(produced.subarray(position + 8, position + 12)) &&
      log.subarray(position + ASSIGNED_BYTES, end).equals(produced.subarray(position + ASSIGNED_BYTES, end));
    if (!same) return { code: 'segment-changed', args: where };
    if (assigned !== BigInt(baseOffset))
      return { code: 'segment-offset', args: { ...where, expected: baseOffset, found: String(assigned) } };
  }
  if (log.length === produced.length) return null;
  return { code: 'segment-size', args: { ...about, expected: produced.length, found: log.length } };
}

/** @param bytes what lies in the `.index` */
export function indexFinding(bytes: Buffer, layout: Layout, about: About): Finding | null {
  if (bytes.equals(indexBytes(layout))) return null;
  const found = readIndex(bytes);
  const at = layout.index.findIndex(
    ({ relative, position }, place) => found[place]?.relative !== relative || found[place]?.position !== position,
  );
  const expected = layout.index[at];
  if (!expected || !found[at])
    return { code: 'index-size', args: { ...about, expected: layout.index.length * 8, found: bytes.length } };
  const { relative, position } = found[at];
  return {
    code: 'index-entry',
    args: {
      ...about,
      entry: at + 1,
      relative,
      position,
      expectedRelative: expected.relative,
      expectedPosition: expected.position,
    },
  };
}
