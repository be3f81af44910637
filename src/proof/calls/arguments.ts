/** What stands in a call's arguments: descriptors with their names, strings, vectors of buffers. */
import { splitArguments } from './line.ts';

/** A descriptor with the name that `strace -yy` gives it. */
export interface Named {
  readonly fd: number;
  /** `/path`, `TCP:[a->b]`, `UNIX-STREAM:[i->j]`, `pipe:[i]`; empty where strace had none. */
  readonly name: string;
}

/** Reads `4<TCP:[a->b]>`; null for anything else, such as AT_FDCWD. */
export function namedDescriptor(text: string | undefined): Named | null {
  const [, fd, name = ''] = /^ *(\d+)(?:<(.*)>)?(?:\(deleted\))?$/s.exec(text ?? '') ?? [];
  return fd === undefined ? null : { fd: Number(fd), name: plainPath(name) };
}

/** strace escapes what is not printable in a path, and `<`, `>` and `"`. */
function plainPath(name: string): string {
  return name.includes('\\') ? Buffer.from(unescaped(name), 'latin1').toString() : name;
}

/** A piece of a program's memory that a call was given: how long it is, and how it begins. */
export interface Part {
  /** Its first bytes, one character a byte, as far as strace prints them; null where it printed none. */
  readonly head: string | null;
  readonly bytes: number;
}

/** Reads a C string such as `"ab\0"...`; null when it is none, as when the kernel could not read it. */
export function headOf(text: string | undefined): string | null {
  const [, inner] = /^"(.*)"(?:\.\.\.)?$/s.exec(text ?? '') ?? [];
  return inner === undefined ? null : unescaped(inner);
}

/** Parts of `[{iov_base="…"..., iov_len=10}, …]`, also inside a message header. */
export function vectorOf(text: string | undefined): Part[] {
  const list = /\[(\{iov_base=.*\})\]/s.exec(text ?? '')?.[1];
  if (list === undefined) return [];
  const items = splitArguments(/msg_iov=\[/.test(text ?? '') ? upToVectorEnd(list) : list);
  return items.flatMap((item) => {
    const [base = '', length = ''] = splitArguments(item.slice(1, -1));
    const bytes = Number(length.replace('iov_len=', ''));
    return Number.isFinite(bytes) ? [{ head: headOf(base.replace('iov_base=', '')), bytes }] : [];
  });
}

/** A message header has more brackets behind its vector: cut where the vector's own ends. */
function upToVectorEnd(list: string): string {
  const end = list.search(/\}\], msg_iovlen=/);
  return end < 0 ? list : list.slice(0, end + 1);
}

const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  '"': '"',
  '\\': '\\',
};

/** Undoes the escapes of a C string: letters, and one to three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|(.))/gs, (_, octal?: string, letter?: string) =>
    octal === undefined ? (LETTERS[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
