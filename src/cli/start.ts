/** What `npm start` does: two labs, so that something is measured within a minute, and then the site. */

interface StartOptions {
  /** False with --no-serve. */
  serve: boolean;
  port?: number;
}

/** Off Linux the labs run in a container: one line that needs nothing but Docker, writes nothing here and ends by itself. */
const inContainer = [
  'docker run --rm -v "$PWD":/from:ro node:22-bookworm sh -c',
  '"mkdir /zc && cd /from && tar c --exclude=node_modules --exclude=dist . | tar x -C /zc && cd /zc && npm ci --omit=dev',
  '&& ./zc run file-to-socket --quick && ./zc run shared-pages"',
].join(' ');

/** Runs the labs on Linux; serves the site where there is a terminal and it was not declined. */
export async function start(options: StartOptions): Promise<void> {
  if (process.platform === 'linux') {
    const { run } = await import('./run.ts');
    await run(['file-to-socket', 'shared-pages'], { quick: true });
    if (process.exitCode) return;
  } else {
    process.stdout.write(
      `The labs call Linux. This line runs both in a container (not tried on ${process.platform}):\n\n${inContainer}\n\n`,
    );
  }
  if (!options.serve || !process.stdout.isTTY) return;
  const { serveSite } = await import('./serve-command.ts');
  await serveSite(options.port === undefined ? {} : { port: options.port });
}
