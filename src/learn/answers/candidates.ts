/** What an exercise of choice chooses between: situations, the techniques of each, and how each is tried once. */
import { writeFileSync } from 'node:fs';
import { Mapping, O_WRONLY, open, pread, read, SyscallError, write } from '#libc';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import { techniques } from '#transfer/techniques.ts';
import { writeByPages } from './small-folios.ts';
import { changedBytes, connectedPair, type SendingWay } from './transfer-stage.ts';

/** One try. @returns calls that the technique made */
type Try = (path: string) => number;

export interface Candidate {
  readonly technique: string;
  /** Makes the files. Not counted. */
  readonly prepare: (path: string) => void;
  readonly run: Try;
  /** Bytes of a transfer that change when the file does after the call has returned. */
  readonly overwrite: (path: string) => number;
}

/** One file that is sent as it is: small enough to be queued whole. Bytes. */
export const SENT_BYTES = 40_003;
const TINY_FILES = 20;
const TINY_BYTES = 100;
/** A file that a program goes through itself, and its buffer. Bytes. */
const LARGE_BYTES = 16 * 2 ** 20;
const BUFFER_BYTES = 2 ** 16;
const INDEX_BYTES = 8 * 2 ** 20;
const LOOKUPS = 50;

const nothing = () => 0;
const large = (path: string) => writeByPages(path, Buffer.alloc(LARGE_BYTES, 0x61));

/** Techniques by situation. */
export const candidates: Readonly<Record<string, readonly Candidate[]>> = {
  'static-file': ['read-write', 'mmap-write', 'sendfile'].map(sends),
  'tiny-files': ['read-write', 'mmap-write', 'sendfile', 'splice'].map(sendsTiny),
  'file-rewritten': ['read-write', 'sendfile', 'splice'].map(sends),
  'index-lookups': [
    { technique: 'pread', prepare: preparesIndex, run: probesByPread, overwrite: nothing },
    { technique: 'mapping', prepare: preparesIndex, run: probesMapping, overwrite: nothing },
  ],
  checksum: [
    { technique: 'one-buffer', prepare: large, run: goesThroughBuffer, overwrite: nothing },
    { technique: 'mapping', prepare: large, run: goesThroughMapping, overwrite: nothing },
  ],
  'upper-case': [
    { technique: 'one-buffer', prepare: large, run: (path) => changes(path, BUFFER_BYTES), overwrite: nothing },
    { technique: 'whole-file', prepare: large, run: (path) => changes(path, LARGE_BYTES), overwrite: nothing },
  ],
};

function sends(technique: string): Candidate {
  return {
    technique,
    prepare: (path) => writeFileSync(path, Buffer.alloc(SENT_BYTES, 0x41)),
    run: (path) => send(technique, path, SENT_BYTES),
    overwrite: (path) => changedBytes(`${path}.changed`, SENT_BYTES, technique as SendingWay),
  };
}

function sendsTiny(technique: string): Candidate {
  const paths = (path: string) => Array.from({ length: TINY_FILES }, (_, at) => `${path}.${at}`);
  return {
    technique,
    prepare: (path) => {
      for (const one of paths(path)) writeFileSync(one, Buffer.alloc(TINY_BYTES, 0x41));
    },
    run: (path) => paths(path).reduce((calls, one) => calls + send(technique, one, TINY_BYTES), 0),
    overwrite: (path) => changedBytes(`${path}.changed`, TINY_BYTES, technique as SendingWay) * TINY_FILES,
  };
}

/** Sends a file into a connection of its own that nobody reads. */
function send(id: string, path: string, bytes: number): number {
  const technique = techniques.find((one) => one.id === id);
  if (!technique) throw new RangeError(`Cannot find technique '${id}'`);
  const { sender, receiver } = connectedPair();
  using to = sender;
  using _receiver = receiver;
  using source = open(path);
  using mover = technique.open({ fd: source.fd, bytes }, to, bytes);
  sendBlocking(mover, to, 0, bytes);
  return Object.values(mover.calls).reduce((sum, calls) => sum + calls, 0);
}

function preparesIndex(path: string): void {
  writeByPages(path, Buffer.alloc(INDEX_BYTES));
}

/** Places that searches for spread targets look at. */
function probes(): number[] {
  return Array.from({ length: LOOKUPS }, (_, at) => Math.floor(((at + 0.5) * INDEX_BYTES) / 8 / LOOKUPS)).flatMap(
    (target) => {
      const places: number[] = [];
      for (let low = 0, high = INDEX_BYTES / 8; low < high; ) {
        const middle = (low + high) >>> 1;
        places.push(middle * 8);
        if (middle <= target) low = middle + 1;
        else high = middle;
      }
      return places;
    },
  );
}

function probesByPread(path: string): number {
  using file = open(path);
  using buffer = Mapping.anonymous(8);
  let calls = 0;
  for (const at of probes()) {
    moved('pread', pread(file.fd, buffer.address, 8, at));
    calls++;
  }
  return calls;
}

/** mmap and munmap. */
const MAPPING_CALLS = 2;

function probesMapping(path: string): number {
  using file = open(path);
  using mapping = Mapping.ofFile(file.fd, 0, INDEX_BYTES);
  const view = mapping.view();
  if (probes().reduce((sum, at) => sum + view.readUInt32BE(at), 0) !== 0) throw new Error('Expected an index of zeros');
  return MAPPING_CALLS;
}

function goesThroughBuffer(path: string): number {
  using file = open(path);
  using buffer = Mapping.anonymous(BUFFER_BYTES);
  for (let calls = 1; ; calls++) {
    const got = moved('read', read(file.fd, buffer.address, BUFFER_BYTES));
    if (got === 0) return calls;
    goThrough(buffer.view());
  }
}

function goesThroughMapping(path: string): number {
  using file = open(path);
  using mapping = Mapping.ofFile(file.fd, 0, LARGE_BYTES);
  goThrough(mapping.view());
  return MAPPING_CALLS;
}

/** A cache line at a time. */
function goThrough(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += 64) if (bytes[at] !== 0x61) throw new Error('Expected a file of a');
}

/** Reads a file through a buffer of that size, changes every byte and writes it on. */
function changes(path: string, bufferBytes: number): number {
  using file = open(path);
  using target = open('/dev/null', O_WRONLY);
  using buffer = Mapping.anonymous(bufferBytes);
  for (let calls = 1; ; calls += 2) {
    const got = moved('read', read(file.fd, buffer.address, bufferBytes));
    if (got === 0) return calls;
    buffer.view().fill(0x41, 0, got);
    moved('write', write(target.fd, buffer.address, got));
  }
}

function moved(call: string, result: number): number {
  if (result < 0) throw new SyscallError(call, -result);
  return result;
}
