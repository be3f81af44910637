/** The one place that turns an error into a sentence and an exit code. */
import { constants } from 'node:os';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { needText } from '#model/words/needs.ts';

export const ExitCode = {
  ok: 0,
  broke: 1,
  usage: 2,
  cannotRunHere: 3,
  /** Only with --strict. */
  tooNoisy: 4,
  bug: 70,
  timeout: 124,
} as const;

/** A wrong argument: one sentence, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The run was asked to stop by a signal: exit code 128 + its number. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP';

  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super('Stopped. Nothing of the run is left; results that were finished are kept');
    this.signal = signal;
  }
}

/** A lab that ran elsewhere, in the guest, ended with this exit code; its sentence is in the message. */
export class LabFailed extends Error {
  override name = 'LabFailed';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Expected errors by name: they come from rooms that know nothing of exit codes. */
const codes: Readonly<Record<string, number>> = {
  UsageError: ExitCode.usage,
  UnreadableResult: ExitCode.usage,
  BadRequest: ExitCode.usage,
  BadKernel: ExitCode.usage,
  NoSuchProcess: ExitCode.usage,
  NoSuchExercise: ExitCode.usage,
  NewerProgress: ExitCode.usage,
  UnreadableOffsets: ExitCode.usage,
  DataFolderInUse: ExitCode.cannotRunHere,
  StorageFailed: ExitCode.broke,
  NoWorkFolder: ExitCode.cannotRunHere,
  NoStateFolder: ExitCode.cannotRunHere,
  NoPracticeFolder: ExitCode.cannotRunHere,
  NoEvidence: ExitCode.broke,
  CannotKeep: ExitCode.broke,
  CannotRunHere: ExitCode.cannotRunHere,
  CannotListen: ExitCode.cannotRunHere,
  SiteNotBuilt: ExitCode.cannotRunHere,
  ChildBroke: ExitCode.broke,
  CountFailed: ExitCode.broke,
  SamplesLost: ExitCode.broke,
  PeerGone: ExitCode.broke,
  FileEnded: ExitCode.broke,
  GuestBroke: ExitCode.broke,
  GuestTimeout: ExitCode.timeout,
  ReceiverStalled: ExitCode.timeout,
  ChildTimeout: ExitCode.timeout,
};

/** System errors that the machine's state explains while a run goes on: the disk filled, a folder went away. */
const circumstances = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EEXIST',
  'ENOENT',
  'EIO',
  'EFBIG',
]);

/** Node names what a signal stopped an AbortError, and keeps why it was stopped as its cause. */
function stopped(error: unknown): unknown {
  return error instanceof Error && error.name === 'AbortError' && error.cause instanceof Error ? error.cause : error;
}

/** Exit code of an error; 70 when it is one that nobody expected. */
export function exitCodeOf(thrown: unknown): number {
  const error = stopped(thrown);
  if (error instanceof Interrupted) return 128 + constants.signals[error.signal];
  if (error instanceof LabFailed) return error.exitCode;
  if (!(error instanceof Error)) return ExitCode.bug;
  const known = codes[error.name];
  if (known !== undefined) return known;
  return circumstances.has((error as NodeJS.ErrnoException).code ?? '') ? ExitCode.broke : ExitCode.bug;
}

/** Says an error on stderr, in one sentence when it was expected, and sets the exit code. */
export function endWith(thrown: unknown): void {
  const error = stopped(thrown);
  const code = exitCodeOf(error);
  process.exitCode = code;
  if (code === ExitCode.bug) {
    process.stderr.write(
      `zc: a bug of ours, please report it with this text:\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return;
  }
  process.stderr.write(`zc: ${errorSentence(error)}\n`);
}

/** An error in one sentence. */
export function errorSentence(error: unknown): string {
  const text = error instanceof CannotRunHere ? cannotRunSentence(error) : (error as Error).message;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function cannotRunSentence({ code, args }: CannotRunHere): string {
  const { why, remedy } = needText({ why: code, args: { ...args } });
  return `Cannot run here: ${why}${remedy ? `. ${remedy}` : ''}`;
}
