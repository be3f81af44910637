import { closeSync, openSync, readSync } from 'node:fs';

/** How often a followed file is looked at, ms. */
const LOOK_MS = 100;

/** Hands on each line of a file that somebody else writes, soon after it is there. */
export class Follower {
  readonly #fd: number;
  readonly #line: (text: string) => void;
  readonly #timer: NodeJS.Timeout;
  #rest = Buffer.alloc(0);

  constructor(path: string, line: (text: string) => void) {
    this.#fd = openSync(path, 'r');
    this.#line = line;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** Hands on what is left, a last line without its end too. */
  finish(): void {
    this.#look();
    if (this.#rest.length > 0) this.#line(this.#rest.toString('utf8'));
    this.#rest = Buffer.alloc(0);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    closeSync(this.#fd);
  }

  #look(): void {
    const chunk = Buffer.alloc(65_536);
    for (let got = readSync(this.#fd, chunk); got > 0; got = readSync(this.#fd, chunk)) {
      this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, got)]);
      for (let end = this.#rest.indexOf(10); end >= 0; end = this.#rest.indexOf(10)) {
        this.#line(this.#rest.toString('utf8', 0, end));
        this.#rest = this.#rest.subarray(end + 1);
      }
    }
  }
}
