/** How much to measure, and how: what a reader asks of a lab. */
export type Mode = 'quick' | 'default' | 'full';

/** What the reader asked for, checked by the time a lab sees it. */
export interface Request {
  readonly mode: Mode;
  /** Rounds of the schedule; null: the lab's own number for the mode. */
  readonly rounds: number | null;
  /** Payload of a transfer in bytes; null: the lab's own. */
  readonly bytes: number | null;
  /** What the receiver does: read into a buffer, or discard in the kernel (MSG_TRUNC, TCP only). */
  readonly receiver: 'copy' | 'discard';
  readonly seed: number;
  /** A broker of the reader's own cluster, which is asked instead of one that the lab starts. */
  readonly bootstrap?: { readonly host: string; readonly port: number };
}
