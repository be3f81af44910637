/** Numbers on the command line; each error says what was expected and what came. */
import { isIPv4 } from 'node:net';

const units: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  K: 2 ** 10,
  KIB: 2 ** 10,
  M: 2 ** 20,
  MIB: 2 ** 20,
  G: 2 ** 30,
  GIB: 2 ** 30,
};
const LARGEST_BYTES = 2 ** 40;
const LARGEST_COUNT = 2 ** 32 - 1;
const LARGEST_PORT = 65_535;

/** "64MiB", "4k", "100000" → bytes. */
export function size(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = units[unit.toUpperCase()];
  const bytes = Math.round(Number(digits) * (factor ?? Number.NaN));
  if (!(bytes >= 1 && bytes <= LARGEST_BYTES)) {
    throw new RangeError(`Expected a size from 1 byte to 1024 GiB, such as 64MiB or 100000, found '${text}'.`);
  }
  return bytes;
}

/** A whole number from 1. */
export function count(text: string): number {
  return whole(text, 1, LARGEST_COUNT, 'a whole number from 1');
}

/** A TCP port; 0 lets the system choose. */
export function port(text: string): number {
  return whole(text, 0, LARGEST_PORT, 'a port from 0 to 65535');
}

/** "kafka1:9092" → host and port: where something listens already. */
export function address(text: string): { readonly host: string; readonly port: number } {
  const [, host, digits = ''] = /^([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?):(\d+)$/.exec(text.trim()) ?? [];
  if (host === undefined) throw new RangeError(`Expected a host and a port, such as kafka1:9092, found '${text}'.`);
  return { host, port: whole(digits, 1, LARGEST_PORT, 'a port from 1 to 65535') };
}

/** "127.0.0.1:9092" → host and port. An IPv4 address, or localhost for 127.0.0.1. */
export function endpoint(text: string): { readonly host: string; readonly port: number } {
  const [, name = '', digits = ''] = /^([^:]+):(\d+)$/.exec(text.trim()) ?? [];
  const host = name === 'localhost' ? '127.0.0.1' : name;
  if (!isIPv4(host))
    throw new RangeError(`Expected an IPv4 address and a port, such as 127.0.0.1:9092, found '${text}'.`);
  return { host, port: port(digits) };
}

function whole(text: string, least: number, most: number, expected: string): number {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) throw new RangeError(`Expected ${expected}, found '${text}'.`);
  return number;
}
