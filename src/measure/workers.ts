/** The working processes of a run of tasks, asked for one sample at a time. */
import type { Child } from '#machine/child.ts';
import type { Crew } from './crew.ts';
import type { Lab } from './lab.ts';
import type { Cell } from './schedule.ts';
import type { Session } from './session.ts';
import type { TaskSetting, WorkerAnswer, WorkerQuestion } from './task.ts';

/** How long one sample may take before the run is given up, milliseconds. */
const DEADLINE_MS = 120_000;

/** The process that works: one for all samples, or a fresh one for each. */
export class Workers implements Crew {
  readonly #lab: Lab;
  readonly #session: Session;
  readonly #fresh: boolean;
  readonly #launcher: readonly string[];
  #child: Child | null = null;

  constructor(lab: Lab, session: Session, { fresh, launcher }: { fresh: boolean; launcher: readonly string[] }) {
    this.#lab = lab;
    this.#session = session;
    this.#fresh = fresh;
    this.#launcher = launcher;
  }

  async work({ variant, factors }: Cell, round: number): Promise<WorkerAnswer> {
    const { request, folder, labFile } = this.#session;
    const setting: TaskSetting = {
      factors,
      folder,
      mode: request.mode,
      bytes: request.bytes,
      seed: (request.seed + round) % 2 ** 32,
    };
    return await this.#ask<WorkerAnswer>({ do: 'work', lab: labFile, variant, setting });
  }

  async emptyCallNs(): Promise<number> {
    const { ns } = await this.#ask<{ ns: number }>({ do: 'empty-calls' });
    return ns;
  }

  end(): void {
    this.#child?.end();
  }

  async #ask<T>(question: WorkerQuestion): Promise<T> {
    this.#child ??= this.#session.startChild(
      `worker of ${this.#lab.id}`,
      new URL('./worker.ts', import.meta.url),
      this.#session.placement.sender,
      { launcher: this.#launcher },
    );
    const child = this.#child;
    const answer = await child.ask<T>(question, DEADLINE_MS);
    if (this.#fresh) {
      child.end();
      this.#child = null;
    }
    return answer;
  }
}
