/** A broker in a folder of its own, gone with everything it wrote when the test is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker, type BrokerOptions } from '#broker/broker.ts';
import type { FetchPathName } from '#broker/fetch/index.ts';
import type { Listener } from '#broker/server/listener.ts';

export const paths: readonly FetchPathName[] = ['copying', 'mapped', 'sendfile'];

export interface Running extends AsyncDisposable {
  readonly broker: Broker;
  readonly folder: string;
  /** Port of the listener with this fetch path. */
  port(path: FetchPathName): number;
  /** Why the broker ended connections. */
  readonly reports: readonly Error[];
}

/** A listener for every fetch path, on ports that are free. @param keep whether the folder stays */
export function running(
  options: Partial<BrokerOptions> = {},
  folder = mkdtempSync(join(tmpdir(), 'zc-broker-')),
  { keep = false } = {},
): Running {
  const reports: Error[] = [];
  const broker = new Broker({
    folder,
    listeners: paths.map((fetch) => ({ port: 0, fetch })),
    report: (why) => reports.push(why),
    ...options,
  });
  return {
    broker,
    folder,
    reports,
    port: (path) => (broker.listeners.find((listener) => listener.fetch === path) as Listener).port,
    async [Symbol.asyncDispose]() {
      await broker.stop();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}
