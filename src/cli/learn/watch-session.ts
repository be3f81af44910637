/** Keys, saves and checks of the watch mode. */
import { spawn } from 'node:child_process';
import { readFileSync, watch as watchFolder } from 'node:fs';
import { basename } from 'node:path';
import { checkExercise, nextExercise } from '#learn/index.ts';
import { paint, spell } from '../report/text.ts';
import { reportOptions } from '../report-options.ts';
import { stopSignal } from '../signals.ts';
import { announce } from './announce.ts';
import type { Opened } from './open.ts';
import { solutionLines } from './solution.ts';
import { byKeys, exerciseLines, hintLines, hintsOf, judgementLines, listLines, statusLines } from './text.ts';

/** Editors write a file in several steps: it is looked at when it has been quiet for so long, ms. */
const SETTLE_MS = 150;

const keys = 'h hint · l list · r run · s solution · x reset · n next · e edit · q quit';

/** One session in a terminal. */
export class WatchSession {
  #opened: Opened;
  readonly #editor: string | null;
  readonly #signal = stopSignal();
  readonly #over = Promise.withResolvers<void>();
  /** Set by a first `x` or `s`, which ask whether that is meant. */
  #asked: string | null = null;
  #checking = false;
  #again = false;
  #seen = '';
  #timer: NodeJS.Timeout | undefined;

  /** @param editor command that opens a file; null when there is none */
  constructor(opened: Opened, editor: string | null) {
    this.#opened = opened;
    this.#editor = editor;
  }

  async run(): Promise<void> {
    const { stdin } = process;
    announce(this.#opened);
    const { practice } = this.#opened.desk;
    const watcher = watchFolder(practice.folder, (_, name) => this.#saved(name));
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    stdin.on('data', (key) => this.#key(String(key)));
    this.#signal.addEventListener('abort', () => this.#over.resolve(), { once: true });
    try {
      void this.#check();
      await this.#over.promise;
    } finally {
      clearTimeout(this.#timer);
      watcher.close();
      stdin.setRawMode(false);
      stdin.pause();
      process.stdout.write('\nYour files and your progress are kept. Go on any time: ./zc learn\n');
    }
  }

  /** A file of the folder was written. Each state of it that is seen is kept, whatever a check is doing. */
  #saved(name: string | null): void {
    if (name !== basename(this.#file())) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const text = this.#text();
      if (text === null || text === this.#seen) return;
      try {
        this.#opened.desk.practice.snapshot(this.#opened.exercise);
      } catch (error) {
        this.#show([`Cannot keep your file: ${(error as Error).message}`]);
        return;
      }
      void this.#check();
    }, SETTLE_MS);
  }

  #key(key: string): void {
    const asked = this.#asked;
    this.#asked = null;
    if (key === 'q' || key === '\u0003' || key === '\u0004') this.#over.resolve();
    else if (key === 'h') this.#show(this.#hint());
    else if (key === 'l') this.#show(listLines(this.#opened.desk, this.#options()));
    else if (key === 'r') void this.#check();
    else if (key === 's') this.#show(this.#solution(asked === 's'));
    else if (key === 'x') this.#reset(asked === 'x');
    else if (key === 'n') this.#next();
    else if (key === 'e') this.#edit();
    else this.#show([]);
  }

  async #check(): Promise<void> {
    if (this.#checking) {
      this.#again = true;
      return;
    }
    this.#checking = true;
    do {
      this.#again = false;
      const { desk, exercise } = this.#opened;
      this.#seen = this.#text() ?? '';
      this.#show([...exerciseLines(desk, exercise, this.#options()), '', 'Checking …']);
      try {
        const judgement = await checkExercise(desk, exercise, this.#signal);
        if (!this.#again) this.#show(judgementLines(desk, exercise, judgement, this.#options(), byKeys));
      } catch (error) {
        if (this.#signal.aborted) break;
        this.#show([`The check itself failed: ${(error as Error).message}`]);
      }
    } while (this.#again);
    this.#checking = false;
  }

  #hint(): string[] {
    const { desk, exercise } = this.#opened;
    const found = desk.progress.found(exercise.id);
    const shown = Math.min(hintsOf(exercise, found).length, desk.progress.hints(exercise.id) + 1);
    desk.progress.setHints(exercise.id, shown);
    return hintLines(exercise, found, shown, this.#options());
  }

  #solution(meant: boolean): string[] {
    const { desk, exercise } = this.#opened;
    if (desk.progress.done(exercise.id) !== null || meant) return solutionLines(this.#opened, this.#options());
    this.#asked = 's';
    return ['You have not passed this exercise yet, and the solution takes it away from you. Press s again to see it.'];
  }

  #reset(meant: boolean): void {
    const { desk, exercise } = this.#opened;
    if (meant) {
      desk.practice.reset(exercise);
      void this.#check();
      return;
    }
    this.#asked = 'x';
    this.#show([
      'Press x again to begin again from the starter. Your file is kept: ./zc learn restore brings it back.',
    ]);
  }

  #next(): void {
    const { desk, exercise } = this.#opened;
    const next = nextExercise(desk, exercise);
    if (!next) {
      this.#show(statusLines(desk, this.#options()));
      return;
    }
    desk.practice.snapshot(exercise);
    this.#opened = { desk, exercise: next };
    desk.progress.setCurrent(next.id);
    announce(this.#opened);
    void this.#check();
  }

  #edit(): void {
    if (!this.#editor) {
      this.#show(['No editor is named. Start again with --edit-cmd "code -r", or set EDITOR.']);
      return;
    }
    // Through a shell, as git does it: the command may have arguments. An editor in this terminal has it to itself.
    process.stdin.setRawMode(false);
    process.stdin.pause();
    const child = spawn('/bin/sh', ['-c', `${this.#editor} "$1"`, 'sh', this.#file()], { stdio: 'inherit' });
    child.once('exit', () => {
      process.stdin.setRawMode(true);
      process.stdin.resume();
      this.#saved(basename(this.#file()));
    });
  }

  /** Prints lines, and below them the keys. */
  #show(lines: readonly string[]): void {
    const options = this.#options();
    process.stdout.write(`\n${[...lines, '', paint(spell(keys, options), 'dim', options)].join('\n')}\n`);
  }

  #options() {
    return reportOptions(false);
  }

  #file(): string {
    return this.#opened.desk.practice.fileOf(this.#opened.exercise);
  }

  #text(): string | null {
    try {
      return readFileSync(this.#file(), 'utf8');
    } catch {
      return null;
    }
  }
}
