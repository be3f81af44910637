import { resolve } from 'node:path';
import { Broker } from '#broker/broker.ts';
import type { FetchPathName } from '#broker/fetch/index.ts';
import { SyscallError } from '#libc';
import { CannotListen } from './server/listen.ts';
import { stopSignal } from './signals.ts';

export interface BrokerCommandOptions {
  readonly data: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly fetch: FetchPathName;
  readonly partitions: number;
  readonly json?: boolean;
}

/** `./zc broker`: serves a data folder until it is stopped. */
export async function runBroker(options: BrokerCommandOptions): Promise<void> {
  const signal = stopSignal();
  const broker = open(options);
  const [{ host, port }] = broker.listeners as [Broker['listeners'][number]];
  const folder = resolve(options.data);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ schemaVersion: 1, host, port, fetch: options.fetch, folder })}\n`
      : `A broker listens on ${host}:${port} and sends by ${options.fetch}; its logs are in ${folder}   (Ctrl-C ends it)\n`,
  );
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  try {
    await broker.stop();
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
  // Ctrl-C is how a server is ended: that is no failure.
  process.exitCode = 0;
}

/** @throws {CannotListen | DataFolderInUse | StorageFailed | UnreadableOffsets} */
function open({ data, listen, fetch, partitions }: BrokerCommandOptions): Broker {
  const report = ({ message }: Error) => void process.stderr.write(`A client was sent away: ${message}\n`);
  try {
    return new Broker({ folder: data, listeners: [{ ...listen, fetch }], autoCreatePartitions: partitions, report });
  } catch (error) {
    const why = error instanceof SyscallError ? whyNot[error.code] : undefined;
    if (why === undefined) throw error;
    throw new CannotListen(listen.port, `Cannot listen on ${listen.host}:${listen.port}: ${why}`, { cause: error });
  }
}

const whyNot: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is busy, so give another with --listen, or port 0 to take a free one',
  EADDRNOTAVAIL: 'this machine has no such address, so give one of its own with --listen',
  EACCES: 'ports below 1024 take root, so give a higher one with --listen',
};
