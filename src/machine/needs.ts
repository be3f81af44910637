/**
 * What this machine offers and allows, found out by doing each thing once. Nothing is left behind, and nothing waits: a
 * look at everything takes well under two seconds.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachestat, connect, listen, Mapping, open, preadNoWait, SyscallError, setOption } from '#libc';
import { CannotRunHere } from './cannot-run.ts';
import { addressFor, prepare } from './links.ts';
import { openDirect } from './open-direct.ts';
import { probe } from './probe.ts';
import type { WorkFolder } from './work-folder.ts';

/** One thing a lab may need. `why` is a code of src/model/words/needs.ts; null when the machine has it. */
export interface Need {
  readonly name: string;
  readonly why: string | null;
  readonly args: Readonly<Record<string, string | number>>;
}

const PROBE_MS = 2000;

/** Tries everything that labs need, in a folder of its own inside the work folder. */
export function tryNeeds(work: WorkFolder): Need[] {
  const folder = mkdtempSync(join(work.path, 'run-probe-'));
  const file = join(folder, 'probe');
  try {
    writeFileSync(file, Buffer.alloc(8192), { flush: true });
    return [
      attempt('cachestat', () => {
        using probe = open(file);
        cachestat(probe.fd);
      }),
      attempt('preadv2(RWF_NOWAIT)', () => {
        using probe = open(file);
        using memory = Mapping.anonymous(4096);
        preadNoWait(probe.fd, memory.address, 4096, 0);
      }),
      attempt('O_DIRECT in the work folder', () => {
        using _ = openDirect(file, work.fileSystem);
      }),
      attempt('MSG_ZEROCOPY over TCP', zeroCopySocket),
      attempt('strace', () => traceTrue(join(folder, 'trace'))),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function attempt(name: string, probe: () => void): Need {
  try {
    probe();
    return { name, why: null, args: {} };
  } catch (error) {
    if (error instanceof CannotRunHere) return { name, why: error.code, args: error.args };
    if (error instanceof SyscallError)
      return { name, why: 'no-kernel-feature', args: { call: error.call, errno: error.code } };
    throw error;
  }
}

function zeroCopySocket(): void {
  const { socket, address } = listen(addressFor('tcp'));
  using listener = socket;
  using _ = connect(address, (fd) => {
    prepare(fd, 'tcp', 'reno');
    setOption(fd, 'SO_ZEROCOPY', 1);
  });
  listener.fd;
}

/** strace is there and may trace: tried on `true`. @throws {CannotRunHere} */
function traceTrue(output: string): void {
  const run = probe('strace', ['-o', output, 'true'], PROBE_MS);
  if (run.error && 'code' in run.error && run.error.code === 'ENOENT') throw new CannotRunHere('no-strace');
  if (run.status !== 0) throw new CannotRunHere('no-ptrace');
}
