/** The calls that move payload: what each one took from where, and where it put it. */
import { headOf, namedDescriptor, type Part, vectorOf } from './arguments.ts';
import type { Ledger } from './ledger.ts';
import type { Call } from './line.ts';
import { carried, type Piece, type Step, slice, totalBytes } from './piece.ts';
import type { Pipes } from './pipes.ts';
import { type Place, placeOf, type SocketPlace } from './place.ts';
import type { Memory } from './processes.ts';

/** What the moves are booked into. */
export interface Books {
  readonly ledger: Ledger;
  readonly pipes: Pipes;
  /** Sockets on which the kernel encrypts (kTLS): it reads every byte, whichever call brought it. */
  readonly encrypting: ReadonlySet<string>;
}

type Move = (call: Call, memory: Memory, books: Books) => void;

/** Calls by name as the path models spell it, without the 64 of some. */
export const moves: Readonly<Record<string, Move>> = {
  read: (call, ...rest) => readParts(call, [{ head: headOf(call.args[1]), bytes: call.result ?? 0 }], ...rest),
  pread: (call, ...rest) => readParts(call, [{ head: headOf(call.args[1]), bytes: call.result ?? 0 }], ...rest),
  readv: (call, ...rest) => readParts(call, vectorOf(call.args[1]), ...rest),
  preadv: (call, ...rest) => readParts(call, vectorOf(call.args[1]), ...rest),
  preadv2: (call, ...rest) => readParts(call, vectorOf(call.args[1]), ...rest),
  write: (call, ...rest) => writeParts(call, [bufferOf(call)], ...rest),
  sendto: (call, ...rest) => writeParts(call, [bufferOf(call)], ...rest),
  writev: (call, ...rest) => writeParts(call, vectorOf(call.args[1]), ...rest),
  pwritev2: (call, ...rest) => writeParts(call, vectorOf(call.args[1]), ...rest),
  sendmsg: (call, ...rest) => writeParts(call, vectorOf(call.args[1]), ...rest),
  vmsplice: (call, ...rest) => writeParts(call, vectorOf(call.args[1]), ...rest),
  sendfile,
  splice,
  tee: splice,
};

/** Which argument of a call is the pipe that it takes bytes out of, if it is one. */
export function takesFrom(call: Call): Place {
  const takes = /^(p?readv?2?|splice)$/.test(call.name);
  return placeOf(takes ? namedDescriptor(call.args[0]) : null);
}

/** Where a call puts bytes: its second descriptor for splice and tee, its first otherwise. */
export function putsInto({ name, args }: Pick<Call, 'name' | 'args'>): Place {
  if (/^p?read/.test(name)) return { state: 'other' };
  return placeOf(namedDescriptor(name === 'splice' ? args[2] : name === 'tee' ? args[1] : args[0]));
}

function bufferOf({ args }: Call): Part {
  return { head: headOf(args[1]), bytes: Number(args[2]) };
}

function readParts(call: Call, parts: readonly Part[], { held }: Memory, { ledger, pipes }: Books): void {
  const from = takesFrom(call);
  const got = call.result ?? 0;
  if (got <= 0 || (from.state !== 'file' && from.state !== 'pipe')) return;
  const origin: Piece[] =
    from.state === 'file' ? [{ bytes: got, file: from.path, steps: [] }] : pipes.take(from.key, got, ledger);
  const pieces = carried(origin, { id: call.line, call: call.name, moved: 'copy' });
  if (from.state === 'file') ledger.read(from.path, got);
  let at = 0;
  for (const { head, bytes } of parts) {
    held.hold(head, slice(pieces, at, bytes));
    at += bytes;
  }
}

function writeParts(call: Call, parts: readonly Part[], memory: Memory, books: Books): void {
  const to = putsInto(call);
  if (to.state !== 'socket' && to.state !== 'pipe') return;
  const asked = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const moved = call.name === 'vmsplice' ? 'reference' : call.args.join().includes('MSG_ZEROCOPY') ? 'asked' : 'copy';
  const step: Step = { id: call.line, call: call.name, moved };
  const pieces: Piece[] = [];
  let left = Math.max(0, call.result ?? 0);
  for (const part of parts) {
    const found = originOf(part, memory, to.key);
    const own = Math.min(left, part.bytes);
    if (own > 0) found?.take(own);
    pieces.push(...filled(found ? slice(found.pieces, 0, own) : [], own));
    left -= own;
    if (own < part.bytes && to.state === 'socket') fellShort(call, found?.pieces[0]?.file, to, step, books.ledger);
    if (left === 0) break;
  }
  // A result that the printed parts do not explain, as when strace cut a long vector.
  if (left > 0) pieces.push({ bytes: left, file: null, steps: [] });
  if (totalBytes(pieces) > asked) books.ledger.missed('unreadable', { call: call.name }, left);
  if (call.name === 'vmsplice') {
    const unknown = totalBytes(pieces.filter(({ file }) => file === null));
    if (unknown > 0) books.ledger.missed('vmsplice', {}, unknown);
  }
  if (to.state === 'pipe') books.pipes.put(to.key, carried(pieces, step));
  else if (pieces.length > 0) books.ledger.delivered(to, pieces, step);
}

/** Where a buffer's bytes come from: an earlier read, a mapped file; null when nobody saw. */
function originOf(
  part: Part,
  { held, mapped }: Memory,
  place: string,
): { pieces: readonly Piece[]; take(bytes: number): void } | null {
  const read = held.find(part, place);
  if (read) return read;
  const found = mapped.find(part, place);
  if (!found) return null;
  const { path, id } = found.mapping;
  const piece: Piece = { bytes: found.bytes, file: path, steps: [{ id, call: 'mmap', moved: 'reference' }] };
  return { pieces: [piece], take: found.take };
}

function filled(pieces: readonly Piece[], bytes: number): Piece[] {
  const missing = bytes - totalBytes(pieces);
  return missing > 0 ? [...pieces, { bytes: missing, file: null, steps: [] }] : [...pieces];
}

function fellShort(
  { result, errno }: Call,
  file: string | null | undefined,
  to: SocketPlace,
  step: Step,
  ledger: Ledger,
): void {
  if (!file) return;
  if ((result ?? 0) > 0) ledger.tried(file, to, step, 'short');
  else if (errno) ledger.tried(file, to, step, errno);
}

function sendfile(call: Call, _: Memory, { ledger, pipes, encrypting }: Books): void {
  const to = putsInto(call);
  const from = placeOf(namedDescriptor(call.args[1]));
  const sent = call.result ?? 0;
  const file = from.state === 'file' ? from.path : null;
  const step: Step = { id: call.line, call: 'sendfile', moved: movedInto(to, encrypting) };
  if (to.state === 'socket') {
    if (sent > 0) ledger.delivered(to, [{ bytes: sent, file, steps: [] }], step);
    if (file && sent < Number(call.args[3])) ledger.tried(file, to, step, reason(call));
  } else if (to.state === 'pipe' && sent > 0) pipes.put(to.key, [{ bytes: sent, file, steps: [step] }]);
}

/** splice(2) and tee(2), which leaves the bytes where they were. */
function splice(call: Call, _: Memory, { ledger, pipes, encrypting }: Books): void {
  const from = placeOf(namedDescriptor(call.args[0]));
  const to = putsInto(call);
  const moved = call.result ?? 0;
  const step: Step = { id: call.line, call: call.name, moved: movedInto(to, encrypting) };
  if (moved <= 0) {
    const [next] = from.state === 'pipe' ? pipes.look(from.key, 1) : [];
    if (next?.file && to.state === 'socket') ledger.tried(next.file, to, step, reason(call));
    else if (from.state === 'file' && to.state === 'pipe' && call.errno === 'EINTR') pipes.tried(to.key, step);
    return;
  }
  const pieces: readonly Piece[] =
    from.state === 'pipe'
      ? call.name === 'tee'
        ? pipes.look(from.key, moved)
        : pipes.take(from.key, moved, ledger)
      : [{ bytes: moved, file: from.state === 'file' ? from.path : null, steps: [] }];
  if (to.state === 'pipe') pipes.put(to.key, carried(pieces, step));
  if (to.state !== 'socket') return;
  ledger.delivered(to, pieces, step);
  const file = pieces[0]?.file;
  if (file && moved < Number(call.args[4])) ledger.tried(file, to, step, 'short');
}

function movedInto(to: Place, encrypting: ReadonlySet<string>): Step['moved'] {
  return to.state === 'socket' && encrypting.has(to.key) ? 'copy' : 'reference';
}

function reason({ result, errno }: Call): string {
  return errno ?? ((result ?? 0) > 0 ? 'short' : 'end');
}
