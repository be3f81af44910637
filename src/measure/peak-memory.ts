/** The peak of a process's resident memory: proc(5), VmHWM. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Writing 5 resets the peak (proc(5), /proc/PID/clear_refs); where that is barred the peak is the process's. */
export function resetPeakMemory(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // An older kernel or a sandbox.
  }
}

/** Bytes; 0 where it is not told. */
export function peakMemory(): number {
  const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return line ? Number(line[1]) * 1024 : 0;
}
