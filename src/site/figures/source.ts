/** Quotes a lab's source: whole, or from a line that contains one marker to the next line that contains another. */
export interface Quoted {
  readonly code: string;
  /** Number of the quote's first line in the file, from 1. */
  readonly from: number;
}

/** @throws {RangeError} when a marker is not in the file: a quote must not silently become another */
export function quote(source: string, from?: string, to?: string): Quoted {
  const lines = source.replace(/\n$/, '').split('\n');
  const start = from === undefined ? 0 : find(lines, from, 0);
  const end = to === undefined ? lines.length - 1 : find(lines, to, start);
  const part = lines.slice(start, end + 1);
  const margin = Math.min(...part.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return { code: part.map((line) => line.slice(margin)).join('\n'), from: start + 1 };
}

function find(lines: readonly string[], marker: string, after: number): number {
  const index = lines.findIndex((line, at) => at >= after && line.includes(marker));
  if (index < 0) throw new RangeError(`Cannot quote from '${marker}': no line after line ${after} contains it`);
  return index;
}
