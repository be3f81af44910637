/** Whether a log is in memory, which is the page cache's doing. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { evict, residence, warm } from '#measure/source-file.ts';

/**
 * Packets that were received hold their pages until the sender's CPU receives something itself (net/core/skbuff.c:
 * skb_attempt_defer_free): how often it is made to, and milliseconds between.
 */
const TRIES = 10;
const PAUSE_MS = 20;

/**
 * Puts a log out of memory; only clean pages can be.
 * @param stir has the broker answer something else
 * @throws {CannotRunHere} where pages stay, as on tmpfs
 */
export async function putOnDisk(path: string, stir: () => Promise<unknown>): Promise<void> {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
  for (let tries = 1; ; tries++) {
    try {
      evict(path);
      return;
    } catch (error) {
      if (!(error instanceof CannotRunHere) || tries === TRIES) throw error;
    }
    await stir();
    await pause(PAUSE_MS);
  }
}

/** Some machines reclaim a few pages on the side at any moment. */
export function keepWarm(path: string): void {
  const { resident, pages } = residence(path);
  if (resident < pages) warm(path);
}
