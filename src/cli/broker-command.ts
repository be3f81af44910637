import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { Broker, type BrokerOptions } from '#broker/broker.ts';
import type { FetchPathName } from '#broker/fetch/index.ts';
import { SyscallError, stayWhile } from '#libc';
import { UsageError } from './exit.ts';
import { CannotListen } from './server/listen.ts';
import { stopSignal } from './signals.ts';

export interface BrokerCommandOptions {
  readonly data: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly fetch: FetchPathName | 'tls' | 'kernel-tls';
  readonly tlsKey?: string;
  readonly tlsCertificate?: string;
  readonly partitions: number;
  readonly json?: boolean;
}

/** `./zc broker`: serves a data folder until it is stopped. */
export async function runBroker(options: BrokerCommandOptions): Promise<void> {
  const signal = stopSignal();
  const broker = open(options);
  stayWhile(() => broker.quiet);
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

/** @throws {UsageError | CannotListen | DataFolderInUse | StorageFailed | UnreadableOffsets} */
function open(options: BrokerCommandOptions): Broker {
  const { data, listen, partitions } = options;
  const listeners = [listenerOf(options)];
  const report = ({ message }: Error) => void process.stderr.write(`A client was sent away: ${message}\n`);
  try {
    return new Broker({ folder: data, listeners, autoCreatePartitions: partitions, report });
  } catch (error) {
    const why = error instanceof SyscallError ? whyNot[error.code] : undefined;
    if (why === undefined) throw error;
    throw new CannotListen(listen.port, `Cannot listen on ${listen.host}:${listen.port}: ${why}`, { cause: error });
  }
}

/** @throws {UsageError} when TLS lacks a key or certificate, or has one that is none */
function listenerOf({
  listen,
  fetch,
  tlsKey,
  tlsCertificate,
}: BrokerCommandOptions): BrokerOptions['listeners'][number] {
  if (fetch !== 'tls' && fetch !== 'kernel-tls') {
    if (tlsKey ?? tlsCertificate)
      throw new UsageError('Expected --fetch tls or kernel-tls with a key or a certificate, found neither');
    return { ...listen, fetch };
  }
  if (!tlsKey || !tlsCertificate) {
    throw new UsageError(
      `Expected --tls-key FILE and --tls-certificate FILE with --fetch ${fetch}: openssl req -x509 makes both`,
    );
  }
  try {
    const [key, certificate] = [tlsKey, tlsCertificate].map((file) => readFileSync(file, 'utf8')) as [string, string];
    createSecureContext({ key, cert: certificate });
    return { ...listen, fetch, key, certificate };
  } catch (error) {
    throw new UsageError(
      `Expected a key and its certificate as PEM in ${tlsKey} and ${tlsCertificate}: ${(error as Error).message}`,
    );
  }
}

const whyNot: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is busy, so give another with --listen, or port 0 to take a free one',
  EADDRNOTAVAIL: 'this machine has no such address, so give one of its own with --listen',
  EACCES: 'ports below 1024 take root, so give a higher one with --listen',
};
