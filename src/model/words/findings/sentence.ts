/** What all sentences about findings are made of. */
import type { Finding, Situation } from '../../finding.ts';
import { formatBytes, formatCount } from '../units.ts';
import { asked } from './asked.ts';

export type Args = Finding['args'];

/** One or two sentences. `look` is where to look next: the hint that comes before all others. */
export interface FindingText {
  readonly seen: string;
  readonly look: string;
}

/** What is said of each code of a kind: what it is about, in a few words for lists, and the sentences. */
export type Sayings<Code extends string> = Readonly<
  Record<Code, { readonly name: string; readonly say: (args: Args) => FindingText }>
>;

const situations: Record<Situation, string> = {
  plain: '',
  'slow-receiver': ' to a slow receiver, with a small send buffer',
  'small-buffer': ' with a small send buffer',
  'short-counts': ' with calls that move less than they are asked to',
  interrupted: ' with calls that a signal interrupts',
  'receiver-leaves': ' to a receiver that leaves in the middle',
  'client-stalls': ', of whom one reads nothing before the others have everything',
  'client-leaves': ', of whom one leaves in the middle',
  'cold-file': ', of whom one asks for a file that is not in memory',
  traced: ' under strace',
};

/** `File of 65,537 bytes to a slow receiver: `. */
export function where(args: Args): string {
  const { situation, fileBytes, headerBytes, offset, count: wanted } = args;
  if (args.task !== undefined) return `${asked(args)}: `;
  if (args.request !== undefined) return ofRequest(args);
  if (args.fetch !== undefined) return ofFetch(args);
  if (args.clients !== undefined)
    return `${count(args.clients)} clients${situations[situation as Situation] ?? ''}: ${ofClient(args)}`;
  if (fileBytes === undefined) return '';
  const header = headerBytes === undefined ? '' : ` behind a header of ${exact(headerBytes)}`;
  const range = offset === undefined ? '' : `, ${exact(wanted)} from offset ${count(offset)}`;
  return `File of ${exact(fileBytes)}${header}${range}${situations[situation as Situation] ?? ''}: `;
}

/** `Fetch from offset 12, due a slice of 65,537 bytes, under strace: `. */
function ofFetch({ fetch, sliceBytes, situation }: Args): string {
  const how = (situations[situation as Situation] ?? '').trimStart();
  return `Fetch from offset ${count(fetch)}, due a slice of ${exact(sliceBytes)}${how === '' ? '' : `, ${how}`}: `;
}

const askers: Readonly<Record<string, string>> = {
  curl: 'curl asks',
  'curl-to-the-end': 'curl asks, and reads until the server closes,',
  parts: 'a client asks in two parts',
  leaves: 'a client asks, leaves in the middle,',
  held: 'a client asks',
};

/** `curl asks for bytes=0-99 of a file of 65,537 bytes: `. */
function ofRequest({ request, by, fileBytes, faults }: Args): string {
  const what = request === 'everything' ? 'all' : `bytes=${request}`;
  const calls = faults === undefined ? '' : situations[faults === 'short' ? 'short-counts' : 'interrupted'];
  return `${askers[String(by)] ?? 'Somebody asks'} for ${what} of a file of ${exact(fileBytes)}${calls}: `;
}

function ofClient({ client, fileBytes }: Args): string {
  return client === undefined ? '' : `to client ${client}, whose file has ${exact(fileBytes)}, `;
}

/** Where to look when the error is a name that nobody declared: a call, most often, that was not imported. */
export function notDefined({ message }: Args): string | undefined {
  const name = /^(\S+) is not defined/.exec(String(message))?.[1];
  return name && `Nothing declares ${name}: if it is one of #libc, add it to the import at the top of your file.`;
}

/** `read + write`. */
export function chain(calls: string | number | undefined): string {
  return String(calls ?? '').replaceAll('+', ' + ');
}

/** `32,768`. */
export function count(value: string | number | undefined): string {
  return formatCount(Number(value ?? 0));
}

/** `65,537 bytes`. */
export function exact(value: string | number | undefined): string {
  return Number(value ?? 0) === 1 ? '1 byte' : `${count(value)} bytes`;
}

/** `64 KiB`. */
export function bytes(value: string | number | undefined): string {
  return formatBytes(Number(value ?? 0));
}
