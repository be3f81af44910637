/** The files that the loops read, made once a series and in memory before anything is measured. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from '#measure/random.ts';
import { type MadeFile, makeSourceFile, warm } from '#measure/source-file.ts';

/** A byte that stands nowhere but at the end of a file that is searched, so that a search reads all of it (files.c). */
export const LAST_BYTE = 0xff;

export interface SourceFiles {
  /** What is sent. */
  readonly transfer: MadeFile;
  /** The file of so many bytes that is searched or looked up in. */
  searched(bytes: number): string;
}

/** @param transferBytes size of the file that is sent @param sizes of the others, bytes */
export function makeSourceFiles(
  folder: string,
  transferBytes: number,
  sizes: readonly number[],
  seed: number,
): SourceFiles {
  const transfer = makeSourceFile(folder, transferBytes, seed);
  warm(transfer.path);
  const searched = (bytes: number) => join(folder, `searched-${bytes}.bin`);
  for (const bytes of new Set(sizes)) {
    writeFileSync(searched(bytes), searchedBytes(bytes, seed));
    warm(searched(bytes));
  }
  return { transfer, searched };
}

function searchedBytes(bytes: number, seed: number): Uint8Array {
  const random = randomFrom(seed);
  const content = Uint8Array.from({ length: bytes }, () => random() * LAST_BYTE);
  content[bytes - 1] = LAST_BYTE;
  return content;
}
