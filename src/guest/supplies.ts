/** What the guest is made of and the project does not bring: an emulator, a kernel, busybox. */
import type { Kernel } from './kernel.ts';

export interface Emulator {
  readonly program: string;
  /** Before all others: where it finds its firmware, when it was unpacked into the cache. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Supplies {
  readonly emulator: Emulator;
  readonly kernel: Kernel;
  /** Path of a static busybox. */
  readonly busybox: string;
}
