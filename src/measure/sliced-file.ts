/** What must arrive of a file that is sent as a row of answers. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Factors } from '#model/result.ts';
import { formatBytes } from '#model/words/units.ts';
import { HEADER_BYTE, type Slices, sliceOffsets } from '#transfer/slices.ts';
import { BadRequest } from './lab.ts';
import type { MadeFile } from './source-file.ts';

/** The slices that these factors stand for; null: the file is sent as a whole. */
export function slicesOf({ chunk, headerBytes, offsetBytes }: Factors): Slices | null {
  if (headerBytes === undefined && offsetBytes === undefined) return null;
  if (typeof chunk !== 'number')
    throw new Error(`Expected a number as chunk beside header and offset, found '${chunk}'`);
  return { sliceBytes: chunk, headerBytes: Number(headerBytes ?? 0), offsetBytes: Number(offsetBytes ?? 0) };
}

/** The bytes of all answers, and their hash. @throws {BadRequest} when the file is too short for one */
export function slicedFile({ path, bytes: fileBytes }: MadeFile, slices: Slices): MadeFile {
  const offsets = sliceOffsets(fileBytes, slices);
  const { sliceBytes, headerBytes, offsetBytes } = slices;
  if (offsets.length === 0) {
    throw new BadRequest(
      `Expected a --size of ${formatBytes(offsetBytes + sliceBytes)} or more for answers of ${formatBytes(sliceBytes)}, found ${formatBytes(fileBytes)}`,
    );
  }
  const hash = createHash('sha256');
  const answer = Buffer.alloc(headerBytes + sliceBytes, HEADER_BYTE);
  const file = openSync(path, 'r');
  try {
    for (const offset of offsets) {
      for (let got = 0; got < sliceBytes; ) {
        got += readSync(file, answer, headerBytes + got, sliceBytes - got, offset + got);
      }
      hash.update(answer);
    }
  } finally {
    closeSync(file);
  }
  return { path, bytes: offsets.length * answer.length, sha256: hash.digest('hex') };
}
