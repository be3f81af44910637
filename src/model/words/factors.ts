/** What a series was run with, in words. */
import type { Factors } from '../result.ts';
import { formatNumber } from './quantities.ts';
import { formatBytes } from './units.ts';

const LINKS: Readonly<Record<string, string>> = {
  tcp: 'loopback TCP',
  'tcp-100k': 'loopback TCP, 100 KiB send buffer',
  unix: 'AF_UNIX',
  'tcp-1gbit': 'loopback TCP paced to 1 Gbit/s',
  'tcp-10gbit': 'loopback TCP paced to 10 Gbit/s',
  veth: 'veth',
  'veth-1gbit': 'veth limited to 1 Gbit/s',
  'veth-10gbit': 'veth limited to 10 Gbit/s',
  'veth-no-gather': 'veth that cannot gather',
  'veth-no-checksum': 'veth without checksum offload',
  'user-tls13': "the program's own TLS 1.3",
  tls12: 'kernel TLS 1.2',
  tls13: 'kernel TLS 1.3',
  'tls13-zero-copy': 'kernel TLS 1.3, TLS_TX_ZEROCOPY_RO',
  'tls13-no-padding': 'kernel TLS 1.3, TLS_RX_EXPECT_NO_PAD',
};

/** How the receiver takes the bytes of a counted transfer; reading is what every receiver does. */
const RECEIVERS: Readonly<Record<string, string>> = {
  read: '',
  discard: 'receiver discarding',
  splice: 'receiver splicing on',
  client: '',
};

const CONTROLS: Readonly<Record<string, string>> = {
  none: '',
  'receiver-drains-first': 'receiver reading first',
  'no-overwrite': 'without the overwrite',
};

/** What the catalogue says of a lab's own factors: name → `{} consumers`. */
export type FactorWords = Readonly<Record<string, string>>;

/**
 * One setting: `loopback TCP`, `64 KiB a call`; an unknown one as `name value`.
 *
 * @param words the lab's own, which go first
 */
export function formatFactor(name: string, value: string | number, words: FactorWords = {}): string {
  const own = Object.hasOwn(words, name) ? words[name] : undefined;
  // A count of one takes the word after it in the singular: `{} consumers`.
  const counted = value === 1 && !countsBytes(name) ? own?.replace(/\{\} (\w+)s\b/, '{} $1') : own;
  if (counted !== undefined) return counted.replaceAll('{}', formatFactorValue(name, value));
  if (name === 'link') return LINKS[value] ?? `link ${value}`;
  if (name === 'control') return CONTROLS[value] ?? `check ${value}`;
  if (name === 'receiver') return RECEIVERS[value] ?? `receiver ${value}`;
  if (name === 'fileSystem') return `from ${value}`;
  if (name === 'chunk' && value === 'whole') return 'the whole file a call';
  if (name === 'chunk' && typeof value === 'number') return `${formatBytes(value)} a call`;
  return `${name} ${value}`;
}

/** The value alone: bytes where the factor's name says so (`size`, `messageBytes`), a count, or the word that it is. */
export function formatFactorValue(name: string, value: string | number): string {
  if (typeof value === 'string') return value;
  return countsBytes(name) ? formatBytes(value) : formatNumber(value);
}

/** Whether the numbers of a factor are bytes, by its name. */
export function countsBytes(name: string): boolean {
  return /^(size|chunk|bytes)$|Bytes$/.test(name);
}

/**
 * Several settings as one phrase, the link first: `loopback TCP, 64 KiB a call`.
 *
 * @param only names to speak of; all of them by default
 */
export function formatFactors(
  factors: Factors,
  only: readonly string[] = Object.keys(factors),
  words: FactorWords = {},
): string {
  return Object.entries(factors)
    .filter(([name]) => only.includes(name))
    .sort(([a], [b]) => Number(b === 'link') - Number(a === 'link'))
    .map(([name, value]) => formatFactor(name, value, words))
    .filter((text) => text !== '')
    .join(', ');
}

/** Settings after a comma: `over loopback TCP`; a lab's own words say themselves how they stand: `50 consumers`, `to a socket`. */
export function placePhrase(place: string, overLink: boolean): string {
  return place && overLink ? `over ${place}` : place;
}
