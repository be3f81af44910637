import { firstLabs, readCatalogue } from './read-catalogue.ts';

/** Bare `./zc`: where you are and what next. It starts nothing. */
export function welcome(): void {
  const lines = firstLabs(readCatalogue()).map(({ id, question }) => `  ./zc run ${id.padEnd(16)} ${question}`);
  process.stdout.write(`Zero Copy, Measured: labs that show, on this machine, how bytes get from a file to a socket.

${lines.join('\n')}

  ./zc list                     all labs
  ./zc claims                   what is said of zero copy, and what this machine showed
  ./zc learn                    exercises, checked by the calls your program makes
  ./zc doctor                   what this machine can run
  ./zc serve                    the articles, at 127.0.0.1
  ./zc --help                   every command
`);
}
