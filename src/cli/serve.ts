/**
 * The local site: the built pages, and the reader's own results for them to show. It listens on 127.0.0.1 only, answers
 * GET and HEAD only, and gives results only to who holds the token that is in the printed address.
 *
 *   /…                          files of dist; its 404 page for what is not there
 *   /api/results                list of the reader's result files      (Authorization: Bearer TOKEN)
 *   /api/results/LAB/FILE.json  one of them, as it was written         (the same)
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { answer } from './server/answer.ts';
import { listen } from './server/listen.ts';
import { freshToken } from './server/token.ts';

export { CannotListen } from './server/listen.ts';

export interface ServeOptions {
  /** Folder of the built site. */
  readonly dist: string;
  /** The port that was asked for; without one, 4321 or the next free one. 0: any. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  /** Folder of the reader's results: one folder a lab. It need not exist. */
  readonly resultsFolder: string;
}

export interface Served {
  /** What to open: the token stands behind its `#`, which browsers keep to themselves. */
  readonly url: string;
  readonly port: number;
  /** The default port, when it was busy and another one was taken: say so. */
  readonly busyPort: number | null;
  /** Ends every connection, idle or not. */
  close(): Promise<void>;
}

/** The folder to serve holds no site. */
export class SiteNotBuilt extends Error {
  override readonly name = 'SiteNotBuilt';
}

/**
 * Serves until it is closed.
 *
 * @throws {SiteNotBuilt} when dist has no index.html
 * @throws {CannotListen} when the port that was asked for is busy or not allowed
 */
export async function serve({ dist, port, host = '127.0.0.1', resultsFolder }: ServeOptions): Promise<Served> {
  if (!existsSync(join(dist, 'index.html'))) {
    throw new SiteNotBuilt(`Cannot serve the site: ${dist} has no index.html, so run 'npm run build' first`);
  }
  const token = freshToken();
  const server = createServer();
  const listening = await listen(server, host, port);
  server.on('request', answer({ dist, resultsFolder, token, port: listening.port }));
  return {
    ...listening,
    url: `http://${host}:${listening.port}/#token=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
