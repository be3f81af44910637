/** The sending and the receiving process, and one transfer between them. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Address } from '#libc';
import { type Child, ChildBroke } from '#machine/child.ts';
import type { Link } from '#machine/links.ts';
import { MAX_CALL_BYTES } from '#model/paths/path.ts';
import type { SourceFile } from './lab.ts';
import type {
  AllowAnswer,
  EmptyCallAnswer,
  ListenAnswer,
  ReceiveAnswer,
  ReceiveQuestion,
  SendAnswer,
  SendQuestion,
} from './protocol.ts';
import type { Cell } from './schedule.ts';
import type { Session } from './session.ts';
import { slicesOf } from './sliced-file.ts';

/** How long one transfer may take before the run is given up, milliseconds. */
export const DEADLINE_MS = 120_000;

export interface TransferPair {
  /** One transfer of the whole file, or of another in its place. @throws {ChildBroke | ChildTimeout} */
  transfer(
    cell: Cell,
    how: 'copy' | 'discard' | 'hash',
    other?: SourceFile,
  ): Promise<{ sender: SendAnswer; receiver: ReceiveAnswer }>;
  /** What a system call that does nothing costs in the sending process, ns. */
  emptyCallNs(): Promise<number>;
  /** Lets us trace the sending process, and says which it is. */
  allowTracing(): Promise<number>;
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
  const ends = { receiver: startReceiver(session), sender: startSender(session) };
  const addresses = new Map<Link, Address>();
  for (const link of links) addresses.set(link, await listenOn(ends.receiver, link, congestion));
  return pairOf(session, file, congestion, ends, addresses);
}

export const startReceiver = (session: Session, launcher: readonly string[] = []): Child =>
  session.startChild('receiver', new URL('./receiver.ts', import.meta.url), session.placement.receiver, { launcher });

export const startSender = (session: Session, launcher: readonly string[] = []): Child =>
  session.startChild('sender', new URL('./sender.ts', import.meta.url), session.placement.sender, { launcher });

/** @param host where to listen; loopback without */
export async function listenOn(receiver: Child, link: Link, congestion: string, host?: string): Promise<Address> {
  const question: ReceiveQuestion = { do: 'listen', link, congestion, ...(host === undefined ? {} : { host }) };
  return (await receiver.ask<ListenAnswer>(question, DEADLINE_MS)).address;
}

/** A pair of two processes that stand ready. */
export function pairOf(
  session: Session,
  file: SourceFile,
  congestion: string,
  { sender, receiver }: { readonly sender: Child; readonly receiver: Child },
  addresses: ReadonlyMap<Link, Address>,
): TransferPair {
  return {
    async transfer(cell, how, { path, bytes } = file) {
      const link = cell.factors.link as Link;
      const slices = slicesOf(cell.factors);
      const answerBytes = slices && slices.headerBytes + slices.sliceBytes;
      const receive: ReceiveQuestion = { do: 'receive', link, how, answerBytes };
      const send: SendQuestion = {
        do: 'send',
        lab: session.labFile,
        variant: cell.variant,
        address: addresses.get(link) as Address,
        link,
        congestion,
        path,
        bytes,
        chunk: chunkOf(cell),
        slices,
      };
      receiver.tell(receive);
      sender.tell(send);
      const [sent, received] = await bothSides(
        sender.answer<SendAnswer>(DEADLINE_MS),
        receiver.answer<ReceiveAnswer>(DEADLINE_MS),
      );
      return { sender: sent, receiver: received };
    },
    async emptyCallNs() {
      const question: SendQuestion = { do: 'empty-calls' };
      return (await sender.ask<EmptyCallAnswer>(question, DEADLINE_MS)).ns;
    },
    async allowTracing() {
      const question: SendQuestion = { do: 'allow-tracing' };
      await sender.ask<AllowAnswer>(question, DEADLINE_MS);
      return sender.pid;
    },
    end() {
      sender.end();
      receiver.end();
    },
  };
}

/** Bytes asked for in one call: the factor `chunk`, which may say `whole` for as much as a call takes. */
export function chunkOf({ factors }: Pick<Cell, 'factors'>): number {
  return typeof factors.chunk === 'number' ? factors.chunk : MAX_CALL_BYTES;
}

/** How long the other side may take to say what it knows, once one has failed, milliseconds. */
const GRACE_MS = 250;

/**
 * Waits for both answers. When one process ends, the other fails too, sooner or later, and says less: the one that ended
 * is the reason that is thrown.
 */
async function bothSides<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  const reasons: unknown[] = [];
  for (const side of [one, other]) side.catch((reason: unknown) => reasons.push(reason));
  try {
    return await Promise.all([one, other]);
  } catch (first) {
    await Promise.race([Promise.allSettled([one, other]), wait(GRACE_MS)]);
    throw reasons.find((reason) => reason instanceof ChildBroke && reason.ended) ?? first;
  }
}
