/** How a learner's program ended, and what it left behind. */
import type { ProgramCode } from '../../finding.ts';
import { bytes, count, notDefined, type Sayings, where } from './sentence.ts';

export const ofProgram: Sayings<ProgramCode> = {
  'cannot-load': {
    name: 'the file cannot be loaded',
    say: ({ message }) => ({
      seen: `Your file cannot be loaded: ${message}.`,
      look: 'Node runs TypeScript by leaving the types out: mend what it names, and import system calls from #libc.',
    }),
  },
  'no-export': {
    name: 'the function is missing',
    say: ({ name, task }) => ({
      seen: `Expected your file to export a ${task === 'choice' ? 'constant' : 'function'} ${name}, found none.`,
      look: `Write export ${task === 'choice' ? `const ${name} = {…}` : `function ${name}(…)`}, as the starter has it.`,
    }),
  },
  threw: {
    name: 'an error where none was due',
    say: (args) => ({
      seen: `${where(args)}expected the transfer to succeed, and your program threw "${args.message}" after ${bytes(args.arrived)} had arrived.`,
      look:
        notDefined(args) ??
        (/EINTR/.test(String(args.message))
          ? '-EINTR says that a signal came first and nothing moved: make the same call again.'
          : 'Look at the call that the message names, and at what it was given.'),
    }),
  },
  'no-error': {
    name: 'a failure that is not told',
    say: (args) => ({
      seen: `${where(args)}your program returned as if everything had gone, and the receiver had left after ${bytes(args.arrived)}.`,
      look: 'Whoever calls your function must learn of it: throw new SyscallError(call, -result) when a call says -EPIPE or -ECONNRESET.',
    }),
  },
  signal: {
    name: 'ended by a signal',
    say: (args) => ({
      seen: `${where(args)}your program was ended by ${args.signal} after ${bytes(args.arrived)} had arrived.`,
      look:
        args.signal === 'SIGBUS'
          ? 'SIGBUS is a mapping that was touched where the file has no page.'
          : 'SIGSEGV and the like are an address that belongs to nobody: check address + count against the length of the buffer.',
    }),
  },
  exited: {
    name: 'ended the process',
    say: (args) => ({
      seen: `${where(args)}your program ended the process (exit code ${args.exitCode}) after ${bytes(args.arrived)} had arrived.`,
      look: 'Return from the function, or throw; process.exit ends the server with it.',
    }),
  },
  hang: {
    name: 'does not come back',
    say: (args) => ({
      seen: `${where(args)}your program did not come back, and sent nothing more after ${bytes(args.arrived)}.`,
      look:
        args.situation === 'receiver-leaves'
          ? 'When the receiver is gone, every call says -EPIPE or -ECONNRESET, for ever: end the loop.'
          : args.situation === 'interrupted'
            ? 'An interrupted call returns -EINTR, a negative number: make it again, and do not add it to what was sent.'
            : args.situation === 'cold-file'
              ? 'poll wakes nobody when pages arrive from the disk: while a client waits for its pages, give wait() a limit of a few milliseconds, and look again.'
              : 'Is there a loop that goes on when a call returns 0, or a negative number?',
    }),
  },
  'too-many-processes': {
    name: 'too many processes',
    say: (args) => ({
      seen: `${where(args)}your program had started ${count(args.processes)} processes when it was ended.`,
      look: 'One process is enough.',
    }),
  },
  'too-much-memory': {
    name: 'too much memory',
    say: (args) => ({
      seen: `${where(args)}your program held ${bytes(args.bytes)} of memory when it was ended.`,
      look: 'One buffer, used again and again, is enough.',
    }),
  },
  'descriptors-left': {
    name: 'a descriptor left open',
    say: (args) => ({
      seen: `${where(args)}${args.count === 1 ? `a descriptor (of a ${args.what}) is` : `${count(args.count)} descriptors (the first of a ${args.what}) are`} still open when your program is done.`,
      look: 'Declare what must be closed with using: then it is closed however the function ends, by an error too.',
    }),
  },
  'mappings-left': {
    name: 'a mapping left behind',
    say: (args) => ({
      seen: `${where(args)}the file is still mapped (${count(args.count)} ${args.count === 1 ? 'mapping' : 'mappings'}) when your program is done.`,
      look: 'Declare the mapping with using: then it is unmapped however the function ends.',
    }),
  },
  'processes-left': {
    name: 'a process left behind',
    say: (args) => ({
      seen: `${where(args)}${count(args.count)} ${args.count === 1 ? 'process that your program started was' : 'processes that your program started were'} still running when it was done.`,
      look: 'Wait for what you start, or start nothing.',
    }),
  },
  'memory-grows': {
    name: 'memory that grows with the file',
    say: (args) => ({
      seen: `${where(args)}your program's memory grew by ${bytes(args.bytes)}.`,
      look: 'One buffer of fixed size is enough for a file of any size.',
    }),
  },
};
