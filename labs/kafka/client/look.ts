import { type Connection, SIZE_BYTES } from './connection.ts';
import { Finding } from './data.ts';
import type { LookAnswer, Source } from './protocol.ts';
import { fetchedRecords, fetchFrame } from './requests.ts';

/** Each request that was made: from which offset, and how large its response was. */
export interface Looked extends LookAnswer {
  readonly finding: Finding;
  readonly offsets: readonly {
    readonly offset: bigint;
    readonly responseBytes: number;
    readonly recordBytes: number;
  }[];
}

/** Reads a topic from its beginning until all records came, and looks at every batch. */
export async function look(
  connection: Connection,
  { from, fetchBytes, records }: { readonly from: Source; readonly fetchBytes: number; readonly records: number },
): Promise<Looked> {
  const finding = new Finding();
  const offsets: Looked['offsets'][number][] = [];
  while (finding.nextOffset < BigInt(records)) {
    const offset = finding.nextOffset;
    const response = await connection.ask(fetchFrame(from.topic, offset, fetchBytes));
    const fetched = fetchedRecords(response);
    finding.take(fetched);
    if (finding.nextOffset === offset)
      throw new Error(`Cannot read on at offset ${offset}: ${fetched.length} bytes came, and no whole batch in them`);
    offsets.push({ offset, responseBytes: SIZE_BYTES + response.length, recordBytes: fetched.length });
  }
  const sum = (name: 'responseBytes' | 'recordBytes') => offsets.reduce((total, one) => total + one[name], 0);
  return {
    finding,
    offsets,
    hash: finding.digest(),
    recordBytes: sum('recordBytes'),
    responseBytes: sum('responseBytes'),
    fetches: offsets.length,
    batches: finding.batches.all,
    compressedBatches: finding.batches.compressed,
  };
}
