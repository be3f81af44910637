import { createServer } from 'node:http';
import { resultsFolder } from '#machine/result-store.ts';
import { dist } from './places.ts';
import { serve } from './serve.ts';
import { listen } from './server/listen.ts';
import { stopSignal } from './signals.ts';
import { buildSite } from './site-build.ts';

/** `./zc serve`: builds the site when it is not built or older than its sources, and serves it until it is stopped. */
export async function serveSite(options: { port?: number; json?: boolean }): Promise<void> {
  if (options.port !== undefined) await mustBeFree(options.port);
  await buildSite();
  const served = await serve({
    dist,
    resultsFolder: resultsFolder(),
    ...(options.port !== undefined && { port: options.port }),
  });
  if (served.busyPort !== null)
    process.stderr.write(`Port ${served.busyPort} is busy: serving at ${served.port} instead\n`);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ schemaVersion: 1, url: served.url })}\n`
      : `The articles are at ${served.url}   (Ctrl-C ends it)\n`,
  );
  const signal = stopSignal();
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await served.close();
  // Ctrl-C is how a server is ended: that is no failure.
  process.exitCode = 0;
}

/** Says that the port is busy before the site is built, not after. @throws {CannotListen} */
async function mustBeFree(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, '127.0.0.1', port);
  await new Promise((closed) => probe.close(closed));
}
