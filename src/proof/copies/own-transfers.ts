/** Transfers by the techniques and send functions of a lab, from our sending process to our receiving ones. */
import type { Child } from '#machine/child.ts';
import { newSecret } from '#machine/kernel-tls.ts';
import type { Lab } from '#measure/lab.ts';
import type { Cell } from '#measure/schedule.ts';
import type { Session } from '#measure/session.ts';
import type { MadeFile } from '#measure/source-file.ts';
import type { Factors } from '#model/result.ts';
import { type Connections, type CountedLink, openConnections, type Receivers } from './connections.ts';
import type { Refusal, SendAnswer, SenderQuestion, TakeAnswer, Taking } from './protocol.ts';
import type { Stage } from './stage.ts';

/** Where the file lies: the work folder's file system, or the kernel's own tmpfs. */
export type FileSystem = 'work folder' | 'tmpfs';

/** Transfers to count: every variant named, over each link, taken in each way, from each file system. */
export interface Block {
  readonly variants: readonly string[];
  readonly links: readonly CountedLink[];
  readonly receivers: readonly Exclude<Taking, 'hash'>[];
  readonly fileSystems: readonly FileSystem[];
}

/** No transfer comes near it, also in software emulation, milliseconds. */
const DEADLINE_MS = 60_000;

/** What one transfer needs. */
interface Pair {
  readonly session: Session;
  readonly sender: Child;
  readonly connections: Connections;
  readonly file: MadeFile;
  readonly chunk: number;
}

/** @param chunk buffer of the paths that have one, bytes */
export async function ownTransfers(
  lab: Lab,
  blocks: readonly Block[],
  { receivers, ...parts }: Omit<Pair, 'connections'> & { readonly receivers: Receivers },
): Promise<Stage> {
  const links = [...new Set(blocks.flatMap((block) => block.links))];
  const connections = await openConnections(parts.session, receivers, links);
  const pair: Pair = { ...parts, connections };
  return {
    cells: cellsOf(lab, blocks, parts.session.work.fileSystem),
    check: async (cell) => connections.refused(cell.factors.link as CountedLink) ?? (await verify(pair, cell)),
    count: (cell) => transfer(pair, cell, cell.factors.receiver as Taking, true),
    end: () => connections.end(),
  };
}

function cellsOf(lab: Lab, blocks: readonly Block[], workFileSystem: string): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { variants, links, receivers, fileSystems } of blocks) {
    for (const link of links)
      for (const receiver of receivers)
        for (const where of fileSystems)
          for (const variant of variants) {
            const fileSystem = where === 'tmpfs' ? 'tmpfs' : workFileSystem;
            const factors: Factors = { link, receiver, fileSystem };
            const role = variant === lab.baseline ? 'baseline' : 'variant';
            cells.set(JSON.stringify([variant, factors]), { variant, role, factors });
          }
  }
  return [...cells.values()];
}

async function verify(pair: Pair, cell: Cell): Promise<Refusal | null> {
  const outcome = await transfer(pair, cell, 'hash', false);
  return 'refusal' in outcome ? outcome.refusal : null;
}

async function transfer(pair: Pair, cell: Cell, how: Taking, count: boolean): Promise<SendAnswer> {
  const { session, sender, connections, file, chunk } = pair;
  const { receiver, name, address, tls: asked } = connections.to(cell.factors.link as CountedLink);
  const tls = asked && { ...asked, secret: newSecret() };
  const send: SenderQuestion = {
    do: 'send',
    lab: session.labFile,
    variant: cell.variant,
    address,
    congestion: session.environment.tcp.congestionControlUsed ?? 'reno',
    tls,
    path: file.path,
    bytes: file.bytes,
    chunk,
    tmpfs: cell.factors.fileSystem === 'tmpfs',
    receiver: count ? receiver.pid : null,
  };
  receiver.tell({ do: 'take', name, how, bytes: file.bytes, tls });
  sender.tell(send);
  const [sent, taken] = await Promise.all([
    sender.answer<SendAnswer>(DEADLINE_MS),
    receiver.answer<TakeAnswer>(DEADLINE_MS),
  ]);
  if ('refusal' in sent) return sent;
  if (taken.bytes !== file.bytes || (how === 'hash' && taken.hash !== file.sha256)) {
    throw new Error(
      `Cannot trust '${cell.variant}' over ${cell.factors.link}: ${file.bytes} bytes were sent, ${taken.bytes} arrived${taken.hash ? ` with sha256 ${taken.hash} instead of ${file.sha256}` : ''}`,
    );
  }
  return sent;
}
