/** Batches of which only lengths and offsets are real, filled with a pattern: records and bytes of each. */
export function batches(...shapes: readonly (readonly [records: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    shapes.map(([records, bytes], number) => {
      const batch = Buffer.alloc(bytes, number + 1);
      batch.writeBigInt64BE(0n, 0);
      batch.writeInt32BE(bytes - 12, 8);
      batch.writeInt32BE(records - 1, 23);
      return batch;
    }),
  );
}
