/** Keys, saves and checks of the watch mode. */
import { basename } from 'node:path';
import { checkExercise, type Exercise, nextExercise } from '#learn/index.ts';
import { errorSentence } from '../exit.ts';
import { reportOptions } from '../report-options.ts';
import { stopSignal } from '../signals.ts';
import { choiceLines, makeCopy } from './announce.ts';
import { FileKeeper } from './file-keeper.ts';
import { FolderWatch } from './folder-watch.ts';
import type { Opened } from './open.ts';
import { solutionLines } from './solution.ts';
import { byKeys, exerciseLines, hintLines, hintsOf, judgementLines, listLines, statusLines } from './text.ts';
import { WatchScreen } from './watch-screen.ts';

/** Editors write a file in several steps: it is checked when it has been quiet for so long, ms. Kept it is at once. */
const SETTLE_MS = 150;

/** One session in a terminal. */
export class WatchSession {
  #opened: Opened;
  readonly #editor: string | null;
  readonly #signal = stopSignal();
  readonly #over = Promise.withResolvers<void>();
  readonly #screen = new WatchScreen();
  readonly #keeper: FileKeeper;
  /** Set by a first `x` or `s`, which ask whether that is meant. */
  #asked: string | null = null;
  #running: AbortController | null = null;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param editor command that opens a file; null when there is none */
  constructor(opened: Opened, editor: string | null) {
    this.#opened = opened;
    this.#keeper = new FileKeeper(opened.desk.practice);
    this.#editor = editor;
  }

  async run(): Promise<void> {
    const { stdin } = process;
    const { practice } = this.#opened.desk;
    this.#open(this.#opened.exercise);
    using _watch = new FolderWatch(
      practice.folder,
      (name) => this.#written(name),
      () => this.#try(() => this.#show([makeCopy(this.#opened) ?? ''])),
    );
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    stdin.on('data', (keys) => this.#keys(String(keys)));
    stdin.once('end', () => this.#over.resolve());
    this.#signal.addEventListener('abort', () => this.#over.resolve(), { once: true });
    await this.#over.promise;
    clearTimeout(this.#timer);
    this.#running?.abort();
    // What was saved a moment ago, and nobody was told of yet.
    this.#try(() => this.#keeper.keep(this.#opened.exercise));
    stdin.setRawMode(false);
    stdin.pause();
    process.stdout.write('\nYour files and your progress are kept. Go on any time: ./zc learn\n');
  }

  /** Goes to an exercise, and checks it. */
  #open(exercise: Exercise): void {
    this.#opened = { desk: this.#opened.desk, exercise };
    const made = makeCopy(this.#opened);
    this.#screen.show(made ? [made] : []);
    this.#keeper.keep(exercise);
    this.#check();
  }

  /** A file of the folder was written. Every state that is seen is kept at once, and that of the exercise is checked. */
  #written(name: string | null): void {
    const { desk, exercise } = this.#opened;
    const written = desk.course.filter((one) => (name === null ? one : basename(desk.practice.fileOf(one)) === name));
    for (const one of written) {
      if (!this.#try(() => this.#keeper.keep(one)) || one.id !== exercise.id) continue;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#check(), SETTLE_MS);
    }
  }

  #keys(keys: string): void {
    // A sequence is one key, an arrow for instance; else several were pressed at once.
    for (const key of keys.startsWith('\u001b') ? [keys] : keys) this.#try(() => this.#key(key));
  }

  #key(key: string): void {
    const asked = this.#asked;
    const { desk, exercise } = this.#opened;
    this.#asked = null;
    if (key === 'q' || key === '\u0003' || key === '\u0004') this.#over.resolve();
    else if (key === 'h') this.#show(this.#hint());
    else if (key === 'l') this.#show([...listLines(desk, this.#options()), ...byKeys.listed]);
    else if (key === 'r') this.#check();
    else if (key === 's') this.#show(this.#solution(asked === 's'));
    else if (key === 'x') this.#reset(asked === 'x');
    else if (key === 'n') this.#next();
    else if (key === 'e') this.#edit();
    else if (key === 'k' && desk.practice.starterChanged(exercise)) {
      desk.practice.keepMine(exercise);
      this.#show(['You go on with your own file.']);
    } else if (key === 'b' && desk.practice.starterChanged(exercise))
      this.#show([`The new starter is in ${desk.practice.putBeside(exercise)}; your file is as it was.`]);
    else this.#show([]);
  }

  /** Checks the file as it is now. A check that is running is given up: its file is another by now. */
  #check(): void {
    this.#again = true;
    this.#running?.abort();
    if (!this.#running) void this.#checkAll();
  }

  async #checkAll(): Promise<void> {
    while (this.#again && !this.#signal.aborted) {
      this.#again = false;
      const running = new AbortController();
      this.#running = running;
      const { desk, exercise } = this.#opened;
      this.#show([...exerciseLines(desk, exercise, this.#options()), ...choiceLines(this.#opened), '', 'Checking …']);
      try {
        const judgement = await checkExercise(desk, exercise, AbortSignal.any([running.signal, this.#signal]));
        const lines = judgementLines(desk, exercise, judgement, this.#options(), byKeys);
        const last = judgement.state === 'passed' && !nextExercise(desk, exercise);
        this.#show([...lines, ...(last ? ['', ...statusLines(desk, this.#options())] : [])]);
      } catch (error) {
        if (!running.signal.aborted && !this.#signal.aborted)
          this.#show([`The check itself failed: ${errorSentence(error)}`]);
      }
    }
    this.#running = null;
  }

  #hint(): string[] {
    const { desk, exercise } = this.#opened;
    const found = desk.progress.found(exercise.id);
    const shown = Math.min(hintsOf(exercise, found).length, desk.progress.hints(exercise.id) + 1);
    desk.progress.setHints(exercise.id, shown);
    return hintLines(exercise, found, shown, this.#options(), byKeys);
  }

  #solution(meant: boolean): string[] {
    const { desk, exercise } = this.#opened;
    if (desk.progress.done(exercise.id) !== null || meant) return solutionLines(this.#opened, this.#options());
    this.#asked = 's';
    return byKeys.beforeSolution;
  }

  #reset(meant: boolean): void {
    const { desk, exercise } = this.#opened;
    if (meant) {
      desk.practice.reset(exercise);
      // Known before the folder tells of it: it is checked once.
      this.#keeper.keep(exercise);
      this.#check();
      return;
    }
    this.#asked = 'x';
    this.#show(byKeys.beforeReset(exercise));
  }

  #next(): void {
    const { desk, exercise } = this.#opened;
    const next = nextExercise(desk, exercise);
    if (!next) {
      this.#show(statusLines(desk, this.#options()));
      return;
    }
    desk.practice.snapshot(exercise);
    desk.progress.setCurrent(next.id);
    this.#open(next);
  }

  #edit(): void {
    const { desk, exercise } = this.#opened;
    if (this.#editor) this.#screen.edit(this.#editor, desk.practice.fileOf(exercise), () => this.#written(null));
    else this.#show(['No editor is named. Start again with --edit-cmd "code -r", or set EDITOR.']);
  }

  /** Does something that may fail, on a full disk for instance: the session goes on, and says so. */
  #try<T>(what: () => T): T | null {
    try {
      return what();
    } catch (error) {
      this.#show([`${(error as Error).message}.`]);
      return null;
    }
  }

  #show(lines: readonly string[]): void {
    const { desk, exercise } = this.#opened;
    this.#screen.more = desk.practice.starterChanged(exercise) ? 'k keep mine · b new beside · ' : '';
    this.#screen.show(lines);
  }

  #options() {
    return reportOptions(false);
  }
}
