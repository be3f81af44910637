/** Resident memory of this process, now and at its peak: proc(5), VmRSS and VmHWM. */
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
  return fromStatus('VmHWM');
}

/** Bytes at this moment; 0 where it is not told. */
export function residentMemory(): number {
  return fromStatus('VmRSS');
}

function fromStatus(field: string): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return line ? Number(line[1]) * 1024 : 0;
}
