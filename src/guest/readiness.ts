/** Whether a guest could run here, found out without booting it and without the network. */
import { emulatorVersion } from './description.ts';
import { type KernelChoice, kernelPackages } from './kernel.ts';
import { cachedKernel, present } from './supplies.ts';
import { which } from './system-files.ts';

export interface Readiness {
  /** Version of QEMU; null: there is none on the path or in the cache. */
  readonly emulator: string | null;
  /** Kernels in the cache, with their releases. */
  readonly kernels: readonly { readonly choice: string; readonly release: string }[];
  /** Code of src/model/words/needs.ts; null when everything is here. */
  readonly why: string | null;
  readonly args: Readonly<Record<string, string | number>>;
}

/** What is to download without a kernel and busybox: the packages of Debian 12, bytes. */
const TO_DOWNLOAD = 35_300_000;

/** Programs of the host that the guest is made with, and the packages that bring them. */
const TOOLS = { mke2fs: 'e2fsprogs', xz: 'xz-utils', ldd: 'libc-bin' } as const;

/** @param cache folder of the guest's parts */
export function guestReadiness(cache: string): Readiness {
  const has = present(cache, '6.12', null);
  const kernels = (Object.keys(kernelPackages) as KernelChoice[]).flatMap((choice) => {
    const kernel = choice === '6.12' ? has.kernel : cachedKernel(cache, choice);
    return kernel ? [{ choice, release: kernel.release }] : [];
  });
  const emulator = has.emulator ? emulatorVersion(has.emulator) : null;
  const program = Object.keys(TOOLS).find((name) => which(name) === null) as keyof typeof TOOLS | undefined;
  const lacks = (why: string, args: Readiness['args'] = {}): Readiness => ({ emulator, kernels, why, args });
  if (process.arch !== 'x64') return lacks('guest-architecture', { architecture: process.arch });
  if (!has.emulator) return lacks('guest-no-emulator');
  if (program) return lacks('guest-no-program', { program, package: TOOLS[program] });
  if (kernels.length === 0 || !has.busybox) {
    const parts = kernels.length === 0 ? 'a kernel and busybox' : 'busybox';
    return lacks('guest-not-fetched', { packages: parts, bytes: TO_DOWNLOAD });
  }
  return { emulator, kernels, why: null, args: {} };
}
