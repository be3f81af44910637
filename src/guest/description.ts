/** What a result says of the guest that it came from. */
import { execFileSync } from 'node:child_process';
import type { Accelerator } from './emulator-line.ts';
import type { Emulator, Supplies } from './supplies.ts';

/** "Linux 6.12.117+deb12-cloud-amd64 (Debian cloud kernel), pc machine, QEMU 7.2.22 TCG" */
export function describeGuest({ kernel, emulator }: Supplies, accelerator: Accelerator): string {
  const how = `QEMU ${emulatorVersion(emulator)} ${accelerator.toUpperCase()}`;
  return `Linux ${kernel.release} (${kernel.origin}), pc machine, ${how}`;
}

const VERSION_MS = 10_000;

/** As the emulator says it: "7.2.22"; "of unknown version" when it does not. */
export function emulatorVersion({ program, env }: Emulator): string {
  try {
    const text = execFileSync(program, ['--version'], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: VERSION_MS,
    });
    return /version (\d[\w.]*)/.exec(text)?.[1] ?? 'of unknown version';
  } catch {
    return 'of unknown version';
  }
}
