import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the site is looked for first. */
export const DEFAULT_PORT = 4321;
/** Ports after the default one that are tried before giving up. */
const TRIES = 20;

/** The port cannot be had: cannot run here, exit code 3. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  readonly port: number;

  constructor(port: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.port = port;
  }
}

/** The port that was taken; `busyPort` is the default one when that was busy, so that the caller can say so. */
export interface Listening {
  readonly port: number;
  readonly busyPort: number | null;
}

/**
 * Makes the server listen: on the port that was asked for and no other, or else on the default one or the next that is free.
 *
 * @throws {CannotListen} when none can be had
 */
export async function listen(server: Server, host: string, asked?: number): Promise<Listening> {
  if (asked !== undefined) {
    const taken = await tryPort(server, host, asked);
    if (typeof taken === 'number') return { port: taken, busyPort: null };
    throw new CannotListen(asked, sayWhy(host, asked, taken), { cause: taken });
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + TRIES; port++) {
    const taken = await tryPort(server, host, port);
    if (typeof taken === 'number') return { port: taken, busyPort: port === DEFAULT_PORT ? null : DEFAULT_PORT };
    if (taken.code !== 'EADDRINUSE') throw new CannotListen(port, sayWhy(host, port, taken), { cause: taken });
  }
  const last = DEFAULT_PORT + TRIES - 1;
  throw new CannotListen(
    DEFAULT_PORT,
    `Cannot listen on ${host}: ports ${DEFAULT_PORT} to ${last} are all busy, so give a free one with --port`,
  );
}

/** The port that was taken, or why it could not be. */
async function tryPort(server: Server, host: string, port: number): Promise<number | NodeJS.ErrnoException> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function sayWhy(host: string, port: number, { code }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') {
    return `Cannot listen on ${host}:${port}: the port is busy, so give another --port, or none to take a free one`;
  }
  if (code === 'EACCES') return `Cannot listen on ${host}:${port}: ports below 1024 take root, so give a higher --port`;
  return `Cannot listen on ${host}:${port}: ${code ?? 'unknown reason'}`;
}
