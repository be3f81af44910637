/** What the watch mode shows: lines, and below them the keys, always. */
import { spawn } from 'node:child_process';
import { paint, spell } from '../report/text.ts';
import { reportOptions } from '../report-options.ts';

const KEYS = 'h hint · l list · r run · s solution · x reset · n next · e edit · q quit';

export class WatchScreen {
  /** Keys that are offered besides, for as long as something is to be chosen: `k keep mine · `. */
  more = '';
  /** Shown when an editor gives the terminal back; null when none has it. */
  #later: (readonly string[])[] | null = null;

  /** Prints lines, and below them the keys. */
  show(lines: readonly string[]): void {
    if (this.#later) {
      this.#later.push(lines);
      return;
    }
    const options = reportOptions(false);
    process.stdout.write(`\n${[...lines, '', paint(spell(this.more + KEYS, options), 'dim', options)].join('\n')}\n`);
  }

  /** Gives the terminal to an editor: nothing is printed into it. @param command may have arguments; a shell runs it, as git does */
  edit(command: string, file: string, done: () => void): void {
    const { stdin } = process;
    stdin.setRawMode(false);
    stdin.pause();
    this.#later = [];
    const child = spawn('/bin/sh', ['-c', `${command} "$1"`, 'sh', file], { stdio: 'inherit' });
    child.once('close', (code) => {
      stdin.setRawMode(true);
      stdin.resume();
      const [last] = this.#later?.slice(-1) ?? [];
      this.#later = null;
      this.show([...(code === 0 ? [] : [`The editor '${command}' ended with exit code ${code}.`]), ...(last ?? [])]);
      done();
    });
  }
}
