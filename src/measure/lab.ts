/** What a lab is. A lab file in labs/ calls defineLab() and is what the articles link to and quote. */
import type { CatalogueEntry } from '#model/catalogue.ts';
import type { LabResult } from '#model/result.ts';
import type { Technique } from '#transfer/mover.ts';
import type { Session } from './session.ts';
import type { Task } from './task.ts';

/** A request that this lab cannot serve: exit code 2. */
export class BadRequest extends Error {
  override name = 'BadRequest';
}

/** The file a sender sends: its path, and how many bytes from its start. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * A way of sending that is not a technique of ours: what a programmer would write with a library. It owns the descriptor
 * and must close it. Its calls are not counted: only a trace knows them.
 */
export type SendFunction = (source: SourceFile, socket: number, chunk: number) => Promise<void>;

export type Sender = Technique | SendFunction;

/** A lab: the catalogue's entry, its senders by variant, and how it runs. */
export interface Lab extends CatalogueEntry {
  /** Ways of sending by variant, for labs whose transfers run in the sending process (sender.ts). */
  readonly senders?: Readonly<Record<string, Sender>>;
  /** Work by variant, for labs whose samples are taken in the working process (worker.ts, run by tasks.ts). */
  readonly tasks?: Readonly<Record<string, Task>>;
  /** What it asks of the guest besides the usual: programs of the host with files they read, modules of the kernel. */
  readonly guest?: {
    readonly programs?: readonly { readonly name: string; readonly files?: readonly string[] }[];
    readonly modules?: readonly string[];
  };
  /**
   * True where it counts only what nothing else on the machine can change, such as a program's calls: `--all` runs it
   * beside others of its kind.
   */
  readonly beside?: true;
  /** How it asks a cluster of the reader's (--bootstrap): what is then other about it. */
  readonly cluster?: Pick<Lab, 'variants' | 'answer' | 'quantities' | 'cost' | 'run'>;
  run(lab: Lab, session: Session): Promise<LabResult>;
}

/** Describes a lab. It starts nothing. */
export function defineLab(lab: Lab): Lab {
  return lab;
}

/** Loads a lab file. Nothing in src imports labs: the command line and the measuring child are given a path. */
export async function loadLab(path: string): Promise<Lab> {
  return ((await import(path)) as { default: Lab }).default;
}
