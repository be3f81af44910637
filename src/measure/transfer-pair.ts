/** The sending and the receiving process, and one transfer between them. */
import type { Address } from '#libc';
import { ChildBroke } from '#machine/child.ts';
import type { Link } from '#machine/links.ts';
import type { ListenAnswer, ReceiveAnswer, ReceiveQuestion, SendAnswer, SendQuestion } from './protocol.ts';
import type { Cell } from './schedule.ts';
import type { Session } from './session.ts';
import type { SourceFile } from './lab.ts';

/** How long one transfer may take before the run is given up, milliseconds. */
const DEADLINE_MS = 120_000;

export interface TransferPair {
  /** One transfer of the whole file. @throws {ChildBroke | ChildTimeout} */
  transfer(cell: Cell, how: 'copy' | 'discard' | 'hash'): Promise<{ sender: SendAnswer; receiver: ReceiveAnswer }>;
  /** Lets both processes end. */
  end(): void;
}

/** Starts both processes, pinned, and lets the receiver listen on every link. */
export async function openTransferPair(
  session: Session,
  file: SourceFile,
  links: readonly Link[],
  congestion: string,
): Promise<TransferPair> {
  const receiver = session.startChild('receiver', new URL('./receiver.ts', import.meta.url), session.placement.receiver);
  const sender = session.startChild('sender', new URL('./sender.ts', import.meta.url), session.placement.sender);
  const addresses = new Map<Link, Address>();
  for (const link of links) {
    const question: ReceiveQuestion = { do: 'listen', link, congestion };
    addresses.set(link, (await receiver.ask<ListenAnswer>(question, DEADLINE_MS)).address);
  }

  return {
    async transfer(cell, how) {
      const link = cell.factors['link'] as Link;
      const receive: ReceiveQuestion = { do: 'receive', link, how };
      const send: SendQuestion = {
        lab: session.labFile,
        variant: cell.variant,
        address: addresses.get(link) as Address,
        link,
        congestion,
        path: file.path,
        bytes: file.bytes,
        chunk: cell.factors['chunk'] as number,
      };
      receiver.tell(receive);
      sender.tell(send);
      const [sent, got] = await Promise.allSettled([
        sender.answer<SendAnswer>(DEADLINE_MS),
        receiver.answer<ReceiveAnswer>(DEADLINE_MS),
      ]);
      if (sent.status === 'fulfilled' && got.status === 'fulfilled') return { sender: sent.value, receiver: got.value };
      throw rootCause([got, sent]);
    },
    end() {
      sender.end();
      receiver.end();
    },
  };
}

/** When one side ends, the other fails too, and says less: the side that was ended comes first. */
function rootCause(sides: PromiseSettledResult<unknown>[]): unknown {
  const reasons = sides.flatMap((side) => (side.status === 'rejected' ? [side.reason] : []));
  return reasons.find((reason) => reason instanceof ChildBroke && reason.ended) ?? reasons[0];
}
