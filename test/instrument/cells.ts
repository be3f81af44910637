/** What is compared: each family at each of its sizes. */
import type { Family } from '#model/instrument.ts';
import type { SourceFiles } from './source-files.ts';

export interface Cell {
  readonly family: Family;
  /** Bytes of one operation. */
  readonly bytes: number;
  readonly callsPerOperation: number;
  /** Whether it needs the receiver. */
  readonly transfers: boolean;
}

const KiB = 1024;
const sendSizes = [4 * KiB, 64 * KiB, 256 * KiB, 1024 * KiB];
const fileSizes = [4 * KiB, 16 * KiB, 64 * KiB, 256 * KiB, 1024 * KiB];
/** A lookup reads eight bytes of a mapping of this size. */
const MAPPING_BYTES = 1024 * KiB;

export const cells: readonly Cell[] = [
  ...sendSizes.map((bytes): Cell => ({ family: 'read-write', bytes, callsPerOperation: 2, transfers: true })),
  ...sendSizes.map((bytes): Cell => ({ family: 'sendfile', bytes, callsPerOperation: 1, transfers: true })),
  ...fileSizes.map((bytes): Cell => ({ family: 'open-read-close', bytes, callsPerOperation: 3, transfers: false })),
  ...fileSizes.map(
    (bytes): Cell => ({ family: 'open-mmap-scan-munmap-close', bytes, callsPerOperation: 5, transfers: false }),
  ),
  { family: 'lookup', bytes: 8, callsPerOperation: 0, transfers: false },
  { family: 'empty-call', bytes: 0, callsPerOperation: 1, transfers: false },
];

/** Sizes of the files that the cells search or look up in, bytes. */
export const searchedSizes: readonly number[] = [...fileSizes, MAPPING_BYTES];

/** The file that a cell reads. */
export function fileOf({ family, bytes, transfers }: Cell, files: SourceFiles): string {
  if (transfers) return files.transfer.path;
  return files.searched(family === 'lookup' || family === 'empty-call' ? MAPPING_BYTES : bytes);
}

/**
 * What the loop must have found after so many operations: bytes sent, read or searched, calls that succeeded. Null for
 * the lookup, where both sides must only find the same.
 */
export function expectedAnswer({ family, bytes }: Cell, operations: number): number | null {
  if (family === 'lookup') return null;
  return family === 'empty-call' ? operations : bytes * operations;
}
