/**
 * The sending and the receiving process in a network each, with virtual cables between them. The networks, and with them the
 * cables and their queues, go when the processes do.
 */
import type { Address } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { type CabledLink, type Link, limitOf } from '#machine/links.ts';
import { oneMoreNetwork, ownNetwork } from '#machine/networks.ts';
import { cable } from '#machine/veth.ts';
import type { SourceFile } from './lab.ts';
import type { LayAnswer, SendQuestion } from './protocol.ts';
import type { Session } from './session.ts';
import { DEADLINE_MS, listenOn, pairOf, startReceiver, startSender, type TransferPair } from './transfer-pair.ts';

/**
 * Starts both processes, pinned, and lays a cable for every link.
 * @throws {CannotRunHere} where a process may not have a network of its own, or the kernel has no such cable or queue
 */
export async function openCabledPair(
  session: Session,
  file: SourceFile,
  links: readonly CabledLink[],
  congestion: string,
): Promise<TransferPair> {
  const way = ownNetwork();
  const receiver = startReceiver(session, way);
  // It has left its networks when it answers.
  await listenOn(receiver, 'unix', congestion);
  const sender = startSender(session, oneMoreNetwork(way, receiver.pid));
  try {
    const addresses = new Map<Link, Address>();
    for (const [number, link] of links.entries()) {
      const ends = cable(number);
      const question: SendQuestion = { do: 'lay-cable', cable: ends, to: receiver.pid, limit: limitOf(link) };
      const { cannotRun } = await sender.ask<LayAnswer>(question, DEADLINE_MS);
      if (cannotRun) throw new CannotRunHere(cannotRun.why, cannotRun.args);
      await receiver.ask({ do: 'bring-up', end: ends.there }, DEADLINE_MS);
      addresses.set(link, await listenOn(receiver, link, congestion, ends.there.host));
    }
    return pairOf(session, file, congestion, { sender, receiver }, addresses);
  } catch (error) {
    sender.end();
    receiver.end();
    throw error;
  }
}
