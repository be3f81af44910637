/** What a check found in a learner's program: what was expected, what was seen, and where to look. */
import type { Finding, FindingCode, Proved, Situation } from '../finding.ts';
import { formatBytes, formatCount } from './units.ts';

type Args = Finding['args'];

/** One or two sentences. `look` is where to look next: the hint that comes before all others. */
export interface FindingText {
  readonly seen: string;
  readonly look: string;
}

const findings: Record<FindingCode, (args: Args) => FindingText> = {
  'cannot-load': ({ message }) => ({
    seen: `Your file cannot be loaded: ${message}.`,
    look: 'Node runs TypeScript by leaving the types out: mend what it names, and import system calls from #libc.',
  }),
  'no-export': ({ name }) => ({
    seen: `Expected your file to export a function ${name}, found none.`,
    look: `Write export function ${name}(…), as the starter has it.`,
  }),
  threw: (args) => ({
    seen: `${where(args)}expected the transfer to succeed, and your program threw "${args.message}" after ${bytes(args.arrived)} had arrived.`,
    look: /EINTR/.test(String(args.message))
      ? '-EINTR says that a signal came first and nothing moved: make the same call again.'
      : 'Look at the call that the message names, and at what it was given.',
  }),
  'no-error': (args) => ({
    seen: `${where(args)}your program returned as if everything had gone, and the receiver had left after ${bytes(args.arrived)}.`,
    look: 'Whoever calls your function must learn of it: throw new SyscallError(call, -result) when a call says -EPIPE or -ECONNRESET.',
  }),
  signal: (args) => ({
    seen: `${where(args)}your program was ended by ${args.signal} after ${bytes(args.arrived)} had arrived.`,
    look:
      args.signal === 'SIGBUS'
        ? 'SIGBUS is a mapping that was touched where the file has no page.'
        : 'SIGSEGV and the like are an address that belongs to nobody: check address + count against the length of the buffer.',
  }),
  exited: (args) => ({
    seen: `${where(args)}your program ended the process (exit code ${args.exitCode}) after ${bytes(args.arrived)} had arrived.`,
    look: 'Return from the function, or throw; process.exit ends the server with it.',
  }),
  hang: (args) => ({
    seen: `${where(args)}your program did not come back, and sent nothing more after ${bytes(args.arrived)}.`,
    look:
      args.situation === 'receiver-leaves'
        ? 'When the receiver is gone, every call says -EPIPE or -ECONNRESET, for ever: end the loop.'
        : args.situation === 'interrupted'
          ? 'An interrupted call returns -EINTR, a negative number: make it again, and do not add it to what was sent.'
          : 'Is there a loop that goes on when a call returns 0, or a negative number?',
  }),
  'too-many-processes': (args) => ({
    seen: `${where(args)}your program had started ${count(args.processes)} processes when it was ended.`,
    look: 'One process is enough.',
  }),
  'too-much-memory': (args) => ({
    seen: `${where(args)}your program held ${bytes(args.bytes)} of memory when it was ended.`,
    look: 'One buffer, used again and again, is enough.',
  }),
  'bytes-missing': (args) => ({
    seen: `${where(args)}expected ${exact(args.expected)} to arrive, and ${exact(args.arrived)} did.`,
    look: 'A call may move less than it was asked to. Look at what it returned, and go on from there.',
  }),
  'bytes-extra': (args) => ({
    seen: `${where(args)}expected ${exact(args.expected)} to arrive, and ${exact(args.arrived)} did.`,
    look: 'Something was sent twice, or more than was read. Look at how far the offset moves after each call.',
  }),
  'bytes-differ': (args) => ({
    seen: `${where(args)}the bytes that arrived are the file's up to offset ${count(args.at)}, and wrong from there.`,
    look:
      args.situation === 'short-counts'
        ? 'That is where a call moved less than it was asked to. What was left of it has to go before anything new is read.'
        : 'Look at the offset and the address of the call that carries that byte.',
  }),
  'faults-not-met': (args) => ({
    seen: `${where(args)}your program made no call of #libc that could have met this, so nobody can see how it deals with it.`,
    look: 'Use read, write, sendfile and the others of #libc, not those of node:fs.',
  }),
  'not-by-call': (args) => ({
    seen: `All bytes arrived. Expected ${exact(args.payload)} of this file by ${chain(args.call)}: your program sent ${exact(args.moved)} by ${chain(args.call)} and ${exact(args.otherBytes)} by ${chain(args.other)}.`,
    look: `Nothing but ${chain(args.call)} may carry the file.`,
  }),
  'from-memory': (args) => ({
    seen: `All bytes arrived. Expected ${exact(args.payload)} of this file by ${chain(args.call)}: your program sent ${exact(args.moved)} that way, and ${exact(args.otherBytes)} from its own memory, where no call was seen to bring them from the file.`,
    look: `The bytes must come out of the file by ${chain(args.call)}.`,
  }),
  'other-file': (args) => ({
    seen: `All bytes arrived, and ${exact(args.otherBytes)} of them came from another file (by ${chain(args.other)}); of the file that was asked for, ${exact(args.moved)} went by ${chain(args.call)}.`,
    look: 'A copy on the disk is a copy too: send the file that you were given.',
  }),
  unaccounted: (args) => ({
    seen: `${exact(args.bytes)} of ${exact(args.arrived)} arrived that no traced call sent.`,
    look: 'Calls of io_uring cannot be seen, so they prove nothing: use the calls of #libc.',
  }),
  'pages-not-shared': (args) => ({
    seen: `The file was overwritten after your program had returned and before anybody read. Expected ${args.should ? 'all' : 'none'} of ${exact(args.payload)} to be the new ones, as ${chain(args.call)} leaves them, and ${exact(args.shared)} were.`,
    look: args.should
      ? 'Bytes that stay as they were had been copied: some other call carried them.'
      : 'Bytes that change had not been copied: they were pages of the file.',
  }),
  'descriptors-left': (args) => ({
    seen: `${where(args)}${args.count === 1 ? `a descriptor (of a ${args.what}) is` : `${count(args.count)} descriptors (the first of a ${args.what}) are`} still open when your program is done.`,
    look: 'Declare what must be closed with using: then it is closed however the function ends, by an error too.',
  }),
  'mappings-left': (args) => ({
    seen: `${where(args)}the file is still mapped (${count(args.count)} ${args.count === 1 ? 'mapping' : 'mappings'}) when your program is done.`,
    look: 'Declare the mapping with using: then it is unmapped however the function ends.',
  }),
  'processes-left': (args) => ({
    seen: `${where(args)}${count(args.count)} ${args.count === 1 ? 'process that your program started was' : 'processes that your program started were'} still running when it was done.`,
    look: 'Wait for what you start, or start nothing.',
  }),
  'memory-grows': (args) => ({
    seen: `${where(args)}your program's memory grew by ${bytes(args.bytes)}.`,
    look: 'One buffer of fixed size is enough for a file of any size.',
  }),
};

/** Says a finding. */
export function findingText({ code, args }: Finding): FindingText {
  return findings[code](args);
}

/** What a finding is about, in a few words: for lists of findings. */
const names: Record<FindingCode, string> = {
  'cannot-load': 'the file cannot be loaded',
  'no-export': 'the function is missing',
  threw: 'an error where none was due',
  'no-error': 'a failure that is not told',
  signal: 'ended by a signal',
  exited: 'ended the process',
  hang: 'does not come back',
  'too-many-processes': 'too many processes',
  'too-much-memory': 'too much memory',
  'bytes-missing': 'bytes that do not arrive',
  'bytes-extra': 'bytes too many',
  'bytes-differ': 'wrong bytes',
  'faults-not-met': 'calls that are not those of #libc',
  'not-by-call': 'the calls that carried the bytes',
  'from-memory': 'bytes that no call brought from the file',
  'other-file': 'bytes of another file',
  unaccounted: 'bytes that no traced call sent',
  'pages-not-shared': 'whose pages arrived',
  'descriptors-left': 'a descriptor left open',
  'mappings-left': 'a mapping left behind',
  'processes-left': 'a process left behind',
  'memory-grows': 'memory that grows with the file',
};

/** What a finding is about. A code that this copy does not know is named as it is. */
export function findingName(code: string): string {
  return Object.hasOwn(names, code) ? names[code as FindingCode] : code;
}

const situations: Record<Situation, string> = {
  plain: '',
  'slow-receiver': ' to a slow receiver, with a small send buffer',
  'small-buffer': ' with a small send buffer',
  'short-counts': ' with calls that move less than they are asked to',
  interrupted: ' with calls that a signal interrupts',
  'receiver-leaves': ' to a receiver that leaves in the middle',
  traced: ' under strace',
};

/** `File of 65,537 bytes to a slow receiver: `. */
function where({ situation, fileBytes, offset, count: wanted }: Args): string {
  const range = offset === undefined ? '' : `, ${exact(wanted)} from offset ${count(offset)}`;
  return `File of ${exact(fileBytes)}${range}${situations[situation as Situation] ?? ''}: `;
}

/** What was just proved, in numbers. */
export function provedText({ cases, bytes: total, by, ways }: Proved): string {
  const moved = ways.reduce((sum, way) => sum + way.bytes, 0);
  const all = `Proved: ${formatCount(cases)} transfers right, ${formatBytes(total)} compared.`;
  if (by === 'overwrite')
    return `${all} Of ${exact(moved)} the owner of the pages was found out by overwriting the file; programs may not be traced here, so no call was seen.`;
  const parts = ways.map(
    (way) =>
      `${exact(way.bytes)} of the file by ${chain(way.calls)} (${formatCount(way.times)} ${way.times === 1 ? 'call' : 'calls'} into the socket)`,
  );
  return `${all} Of one transfer every call was seen: ${parts.join(', ')}.`;
}

function chain(calls: string | number | undefined): string {
  return String(calls ?? '').replaceAll('+', ' + ');
}

function count(value: string | number | undefined): string {
  return formatCount(Number(value ?? 0));
}

function exact(value: string | number | undefined): string {
  return Number(value ?? 0) === 1 ? '1 byte' : `${count(value)} bytes`;
}

function bytes(value: string | number | undefined): string {
  return formatBytes(Number(value ?? 0));
}
