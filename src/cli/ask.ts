import { createInterface } from 'node:readline/promises';

/**
 * Asks a question on the terminal that is answered by yes or no.
 * @returns null without a terminal
 */
export async function askYesOrNo(question: string, signal: AbortSignal): Promise<boolean | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While a line is read, Ctrl-C is a key and no signal.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal }).catch((error) => {
      throw signal.aborted ? signal.reason : error;
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
