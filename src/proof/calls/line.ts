/**
 * Lines of `strace -f -o`: a thread number, then one of
 *   write(4<TCP:[…]>, "…", 10) = 10            a call
 *   write(4<TCP:[…]>, "…", 10 <unfinished ...>  its first half, when another thread's line comes between
 *   <... write resumed>) = 10                   its second half
 *   --- SIGCHLD {…} ---   +++ exited with 0 +++  a signal, an end
 */

/** One call that was seen whole. */
export interface Call {
  readonly thread: number;
  readonly name: string;
  /** Arguments, split at the commas between them. */
  readonly args: readonly string[];
  /** What it returned; null when it did not return (`?`). */
  readonly result: number | null;
  /** Name of its errno when it failed. */
  readonly errno: string | null;
  /** Number of the line on which it began, and of the one on which it ended, from 1. */
  readonly begun: number;
  readonly line: number;
  /** What strace wrote behind the result: the descriptor's name in `= 3</path>`. */
  readonly remark: string;
}

/** A call that has not returned: its name, and the arguments that were printed by then. */
export type Begun = Pick<Call, 'thread' | 'name' | 'args'>;

export type Line =
  | { readonly state: 'call'; readonly call: Call }
  | { readonly state: 'exit'; readonly thread: number }
  /** Half a call, a signal, an empty line: nothing to account for yet. */
  | { readonly state: 'nothing' }
  | { readonly state: 'unreadable'; readonly text: string };

/** Reads lines in their order and joins the halves of calls. */
export class LineReader {
  /** First halves by thread, with the number of their line. */
  readonly #open = new Map<number, { text: string; line: number }>();
  #count = 0;

  read(line: string): Line {
    this.#count++;
    if (line.trim() === '') return { state: 'nothing' };
    const [, number, text] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (number === undefined || text === undefined) return { state: 'unreadable', text: line };
    const thread = Number(number);
    if (/^\+\+\+ (exited|killed|superseded)/.test(text)) return { state: 'exit', thread };
    if (/^(---|\+\+\+) /.test(text)) return { state: 'nothing' };
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text);
    const first = resumed ? this.#open.get(thread) : undefined;
    const begun = first?.line ?? this.#count;
    const whole = resumed ? (first?.text ?? '') + resumed[1] : text;
    this.#open.delete(thread);
    const half = /^(.*?) *<(?:unfinished|detached) \.\.\.>(?:\) += \?)?$/.exec(whole);
    if (half?.[1] !== undefined) {
      this.#open.set(thread, { text: half[1], line: begun });
      return { state: 'nothing' };
    }
    const call = parseCall(thread, whole);
    return call ? { state: 'call', call: { ...call, begun, line: this.#count } } : { state: 'unreadable', text: line };
  }

  /** Calls that have begun and not returned. */
  unfinished(): Begun[] {
    return [...this.#open].flatMap(([thread, { text }]) => beginning(thread, text) ?? []);
  }
}

function beginning(thread: number, text: string): Begun | null {
  const [, name, args] = /^(\w+)\((.*)$/s.exec(text) ?? [];
  return name ? { thread, name, args: splitArguments(args ?? '') } : null;
}

/** One call; null when the line is none. */
function parseCall(thread: number, text: string): Omit<Call, 'begun' | 'line'> | null {
  const open = text.indexOf('(');
  const name = text.slice(0, open);
  // The last `) = `: a string among the arguments may hold another.
  const end = text.lastIndexOf(') = ') < 0 ? lastEnd(text) : text.lastIndexOf(') = ');
  if (open < 1 || end < open || !/^\w+$/.test(name)) return null;
  const after = text.slice(end + 1).replace(/^ += /, '');
  const [, value, rest = ''] = /^(-?0x[0-9a-f]+|-?\d+|\?)(.*)$/.exec(after) ?? [];
  if (value === undefined) return null;
  return {
    thread,
    name,
    args: splitArguments(text.slice(open + 1, end)),
    result: value === '?' ? null : Number(value),
    errno: /^ (E[A-Z0-9]+)\b/.exec(rest)?.[1] ?? null,
    remark: rest,
  };
}

/** strace pads short lines: `close(3)                = 0`. */
function lastEnd(text: string): number {
  return text.search(/\) +=(?: -?\d| -?0x| \?)[^"]*$/);
}

/** Splits at commas that are not inside brackets, angle brackets of a descriptor's name, or a string. */
export function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') at++;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '(' || letter === '[' || letter === '{') depth++;
    else if (letter === ')' || letter === ']' || letter === '}') depth--;
    else if (letter === '<' && /\d/.test(text[at - 1] ?? '')) at = nameEnd(text, at);
    else if (letter === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' && parts.length === 0 ? [] : [...parts, last];
}

/** Where a descriptor's name `<…>` ends: `<` and `>` in paths are escaped, the arrow of a socket is not. */
function nameEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) if (text[at] === '>' && text[at - 1] !== '-') return at;
  return text.length;
}
