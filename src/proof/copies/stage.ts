import type { Cell } from '#measure/schedule.ts';
import type { Refusal, SendAnswer } from './protocol.ts';

/** Transfers of one kind: our own techniques, or servers of somebody else's. */
export interface Stage {
  readonly cells: readonly Cell[];
  /** One transfer that is not counted, hashed at the far end. @throws {Error} when other bytes arrived than the file holds */
  check(cell: Cell): Promise<Refusal | null>;
  /** One transfer that is counted. */
  count(cell: Cell): Promise<SendAnswer>;
  end(): void | Promise<void>;
}
