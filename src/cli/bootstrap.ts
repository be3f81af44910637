/** --bootstrap: which labs may ask a cluster of the reader's, and that nothing is written there before the reader agrees. */
import type { Lab } from '#measure/lab.ts';
import { formatBytes } from '#model/words/units.ts';
import { askYesOrNo } from './ask.ts';
import { UsageError } from './exit.ts';
import { modeOf, type RunOptions } from './run-one.ts';

/** @throws {UsageError} where a lab has nothing to ask a cluster */
export function refuseBootstrap(labs: readonly Lab[], { all, guest }: RunOptions): void {
  if (all) throw new UsageError('Cannot run --all with --bootstrap: one lab alone asks a cluster, ./zc run kafka');
  if (guest) throw new UsageError('Cannot ask the cluster of --bootstrap from the guest: it has no network to it');
  for (const { id, cluster } of labs) {
    if (!cluster)
      throw new UsageError(`Cannot run ${id} with --bootstrap: it has nothing to ask a cluster; ./zc run kafka has`);
  }
}

/** Asks before a cluster is written to. @throws {UsageError} where nobody agrees */
export async function agreeToWrite(lab: Lab, options: RunOptions, signal: AbortSignal): Promise<void> {
  const { bootstrap, yes, size } = options;
  if (!bootstrap || !lab.cluster || yes) return;
  const where = `${bootstrap.host}:${bootstrap.port}`;
  const bytes = formatBytes(size ?? lab.cluster.cost[modeOf(options)].diskBytes);
  const question = `${lab.id} makes a topic of ${bytes} in the cluster at ${where}, and deletes it at the end. May it?`;
  const agreed = await askYesOrNo(question, signal);
  if (agreed) return;
  throw new UsageError(
    agreed === null
      ? `Cannot ask whether a topic of ${bytes} may be made at ${where}: there is no terminal; say so with --yes`
      : `Nothing was written to ${where}`,
  );
}
