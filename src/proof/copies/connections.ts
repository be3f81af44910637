/** Receivers, one a network, that listen on every link a lab counts over. */
import type { Address, KernelTls } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Child } from '#machine/child.ts';
import { tryKernelTls } from '#machine/kernel-tls.ts';
import { addressFor } from '#machine/links.ts';
import { cable, layCable } from '#machine/veth.ts';
import type { Session } from '#measure/session.ts';
import type { Refusal } from './protocol.ts';

/**
 * `tcp`: loopback. `unix`: AF_UNIX stream. `veth`: TCP through a virtual cable into another network namespace, as the
 * kernel makes it; `veth-no-gather`: its sending device cannot gather fragments (scatter-gather off);
 * `veth-no-checksum`: nor compute checksums. `tls12` and `tls13`: loopback TCP whose records the kernel makes and opens;
 * `tls13-zero-copy`: with TLS_TX_ZEROCOPY_RO; `tls13-no-padding`: with TLS_RX_EXPECT_NO_PAD.
 */
export type CountedLink = 'tcp' | 'unix' | keyof typeof cables | keyof typeof encrypted;

/** Offloads that are turned off on the sending device. */
const cables = {
  veth: [],
  'veth-no-gather': ['scatterGather'],
  'veth-no-checksum': ['checksumOffload'],
} as const;

/** How the kernel is asked to encrypt, by link. */
const encrypted = {
  tls12: { version: '1.2' },
  tls13: { version: '1.3' },
  'tls13-zero-copy': { version: '1.3', zeroCopySendfile: true },
  'tls13-no-padding': { version: '1.3', expectNoPadding: true },
} as const;

const DEADLINE_MS = 60_000;

export interface Connection {
  readonly receiver: Child;
  /** What the receiver calls it. */
  readonly name: string;
  readonly address: Address;
  /** How the kernel encrypts on it, but for the secret; null: not at all. */
  readonly tls: Omit<KernelTls, 'secret'> | null;
}

export interface Connections {
  to(link: CountedLink): Connection;
  /** Why a link cannot be had here; null when it can. */
  refused(link: CountedLink): Refusal | null;
  end(): void;
}

/** One receiver in this network, and one that will leave it. */
export interface Receivers {
  readonly near: Child;
  readonly far: Child;
}

export function startReceivers(session: Session): Receivers {
  const start = (name: string) =>
    session.startChild(name, new URL('./receiver.ts', import.meta.url), session.placement.receiver);
  return { near: start('receiver'), far: start('receiver in another network') };
}

/** Lets the receivers listen. A link that cannot be made is an answer, not an error. */
export async function openConnections(
  session: Session,
  { near, far }: Receivers,
  links: readonly CountedLink[],
): Promise<Connections> {
  const open = new Map<CountedLink, Connection>();
  const refusals = new Map<CountedLink, Refusal>();
  let outside = false;
  for (const link of links) {
    try {
      if (link in encrypted) tryKernelTls(encrypted[link as keyof typeof encrypted]);
      if (!(link in cables)) {
        open.set(link, await listenOn(near, link, addressFor(link === 'unix' ? 'unix' : 'tcp'), session));
        continue;
      }
      if (!outside) await leave(far);
      outside = true;
      const ends = cable(links.indexOf(link));
      layCable(ends, far.pid, cables[link as keyof typeof cables]);
      await far.ask({ do: 'bring-up', end: ends.there }, DEADLINE_MS);
      open.set(link, await listenOn(far, link, { family: 'inet', port: 0, host: ends.there.host }, session));
    } catch (error) {
      if (!(error instanceof CannotRunHere)) throw error;
      refusals.set(link, { why: error.code, args: { ...error.args } });
    }
  }
  return {
    to(link) {
      const connection = open.get(link);
      if (!connection) throw new RangeError(`Cannot send over '${link}': it is not open`);
      return connection;
    },
    refused: (link) => refusals.get(link) ?? null,
    end() {
      near.end();
      // Its network goes with it, and with that the far ends of the cables: both ends of each are gone.
      far.end();
    },
  };
}

/** @throws {CannotRunHere} where a process may not leave its network */
async function leave(receiver: Child): Promise<void> {
  try {
    await receiver.ask({ do: 'leave-network' }, DEADLINE_MS);
  } catch (error) {
    throw new CannotRunHere('no-network-namespace', {}, { cause: error });
  }
}

async function listenOn(receiver: Child, link: CountedLink, wanted: Address, session: Session): Promise<Connection> {
  const congestion = session.environment.tcp.congestionControlUsed ?? 'reno';
  const question = { do: 'listen', name: link, address: wanted, congestion };
  const { address } = await receiver.ask<{ address: Address }>(question, DEADLINE_MS);
  const tls = link in encrypted ? encrypted[link as keyof typeof encrypted] : null;
  return { receiver, name: link, address, tls };
}
