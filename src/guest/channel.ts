/**
 * What comes out of the guest: one line `zc-guest 1 EXIT-CODE LENGTH SHA256`, then LENGTH bytes. The guest may die at any
 * moment and the host's disk may fill, so nothing is believed that is not whole.
 */
import { createHash } from 'node:crypto';
import { GuestBroke } from './guest-broke.ts';

/** How the command in the guest ended, and what it printed. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: Buffer;
}

const HEADER = /^zc-guest 1 (\d{1,3}) (\d{1,15}) ([0-9a-f]{64})$/;

/** Longest header line, bytes. */
const HEADER_BYTES = 128;

/** @throws {GuestBroke} with what was expected and what came */
export function readOutcome(bytes: Buffer): Outcome {
  const end = bytes.subarray(0, HEADER_BYTES).indexOf('\n');
  const header = HEADER.exec(bytes.toString('latin1', 0, Math.max(0, end)));
  if (!header) {
    const found = bytes.length === 0 ? 'nothing' : JSON.stringify(bytes.toString('latin1', 0, 60));
    throw new GuestBroke(`The guest handed out no result: expected a line 'zc-guest 1 …', found ${found}`);
  }
  const [, exitCode, length, sum] = header;
  const stdout = bytes.subarray(end + 1);
  if (stdout.length !== Number(length)) {
    throw new GuestBroke(`The guest's result is not whole: expected ${length} bytes, ${stdout.length} came`);
  }
  const found = createHash('sha256').update(stdout).digest('hex');
  if (found !== sum) {
    throw new GuestBroke(`The guest's result was damaged on its way: expected sha256 ${sum}, found ${found}`);
  }
  return { exitCode: Number(exitCode), stdout };
}
