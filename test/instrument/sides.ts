/** Both sides behind one question, and the receiver that they share. */
import type { ListenAnswer, ReceiveAnswer, ReceiveQuestion } from '#measure/protocol.ts';
import type { Session } from '#measure/session.ts';
import type { InstrumentSample } from '#model/instrument.ts';
import { CChild } from './c-child.ts';
import { type Cell, expectedAnswer, fileOf } from './cells.ts';
import type { Outcome, Question } from './loops.ts';
import type { SourceFiles } from './source-files.ts';

export type Side = InstrumentSample['side'];

/** No sample comes near it, milliseconds. */
const DEADLINE_MS = 60_000;

export interface Sides {
  /**
   * Runs a cell's loop once on one side.
   * @param hash whether the receiver hashes what comes
   * @returns CPU time, and what the receiver hashed
   * @throws {Error} when calls, answer or bytes received are not what they must be
   */
  run(
    cell: Cell,
    side: Side,
    operations: number,
    hash?: boolean,
  ): Promise<{ cpuNs: number; answer: number; hash: string | null }>;
  end(): void;
}

/** Starts our program, the C program on the same CPU, and one receiver for both on the other. */
export async function openSides(session: Session, program: string, files: SourceFiles): Promise<Sides> {
  const { sender, receiver: other } = session.placement;
  const congestion = session.environment.tcp.congestionControlUsed ?? 'reno';
  const receiver = session.startChild('receiver', new URL('../../src/measure/receiver.ts', import.meta.url), other);
  const ours = session.startChild('instrument', new URL('./ours.ts', import.meta.url), sender);
  const c = new CChild(program, sender);
  const listen: ReceiveQuestion = { do: 'listen', link: 'tcp', congestion };
  const { address } = await receiver.ask<ListenAnswer>(listen, DEADLINE_MS);
  const port = address.family === 'inet' ? address.port : 0;

  return {
    async run(cell, side, operations, hash = false) {
      const { family, bytes } = cell;
      const question: Question = { family, bytes, operations, port, congestion, path: fileOf(cell, files) };
      const receive: ReceiveQuestion = { do: 'receive', link: 'tcp', how: hash ? 'hash' : 'copy' };
      if (cell.transfers) receiver.tell(receive);
      const outcome = await (side === 'c' ? c.ask(question) : ours.ask<Outcome>(question, DEADLINE_MS));
      const received = cell.transfers ? await receiver.answer<ReceiveAnswer>(DEADLINE_MS) : null;
      verify(cell, side, operations, outcome, received);
      return { cpuNs: outcome.cpuNs, answer: outcome.answer, hash: received?.hash ?? null };
    },
    end() {
      for (const child of [c, ours, receiver]) child.end();
    },
  };
}

function verify(cell: Cell, side: Side, operations: number, outcome: Outcome, received: ReceiveAnswer | null): void {
  const answer = expectedAnswer(cell, operations);
  const calls = operations * cell.callsPerOperation;
  const expected = { calls, answer: answer ?? outcome.answer, received: received ? answer : null };
  const found = { calls: outcome.calls, answer: outcome.answer, received: received?.bytes ?? null };
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(
      `Cannot trust ${cell.family} at ${cell.bytes} bytes on side '${side}': expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
    );
  }
}
