/** What a machine has for the tests, found out by doing the thing once. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Why a tier cannot run, and the line that would change it. */
export interface Missing {
  readonly why: string;
  readonly remedy: string;
}

/** Outcome of a program that was tried: it is not there, it ran, or it failed with the first line it said. */
export type Tried =
  | { readonly state: 'absent' }
  | { readonly state: 'ran' }
  | { readonly state: 'failed'; readonly said: string };

/** Runs a program once. */
export type Try = (program: string, args: readonly string[]) => Tried;

/** Names under which distributions install Chromium or a browser that is driven the same way. */
const chromiums = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** strace is there, and this user may trace: a container without SYS_PTRACE has the one and not the other. */
export function tryStrace(tryProgram: Try = tryOnce): Missing | null {
  const tried = tryProgram('strace', ['-o', '/dev/null', 'true']);
  if (tried.state === 'ran') return null;
  if (tried.state === 'absent') {
    return { why: 'strace is not installed', remedy: 'apt-get install -y strace would add it' };
  }
  return {
    why: `strace is installed and may not trace (${tried.said})`,
    remedy:
      'in a container, docker run --cap-add=SYS_PTRACE would allow it; elsewhere, sysctl kernel.yama.ptrace_scope=1',
  };
}

/** A Chromium that starts: on Ubuntu the package `chromium-browser` is a script that only names another package. */
export function findChromium(tryProgram: Try = tryOnce): Missing | null {
  const tried = chromiums.map((name) => tryProgram(name, ['--version']));
  if (tried.some((one) => one.state === 'ran')) return null;
  const failed = tried.find((one) => one.state === 'failed');
  const why = failed ? `Chromium is installed and does not start (${failed.said})` : 'Chromium is not installed';
  return { why, remedy: 'apt-get install -y chromium would add it' };
}

/** QEMU, a kernel in the cache and busybox: what `./zc run --guest` needs, as `./zc doctor` finds it. */
export function findGuest(doctor: () => string = askDoctor): Missing | null {
  const verdict =
    /^guest \(run --guest\) +(.*)$/m.exec(doctor())?.[1] ?? 'no: ./zc doctor does not say. Run ./zc doctor.';
  return /^no: /.test(verdict) ? reasonIn(verdict) : null;
}

/** Reads `no: why. What would help.` */
function reasonIn(verdict: string): Missing {
  const [, why = verdict, remedy = 'nothing would add it'] =
    /^(?:no: )?(.*?)(?:\. ([A-Z].*?)\.?)?$/.exec(verdict) ?? [];
  return { why, remedy };
}

/** kcat, and Apache Kafka with a Java for it, as labs/kafka/fetch.ts finds them. */
export function findSystems(tryProgram: Try = tryOnce): Missing | null {
  if (tryProgram('kcat', ['-V']).state === 'absent') {
    return { why: 'kcat is not installed', remedy: 'apt-get install -y kcat would add it' };
  }
  // It brings the jars where they are not here yet: Maven alone does not say whether it reaches a repository.
  const tried = tryProgram(process.execPath, [join(import.meta.dirname, '../../labs/kafka/fetch.ts')]);
  if (tried.state === 'ran') return null;
  const said = tried.state === 'failed' ? tried.said : 'labs/kafka/fetch.ts does not say. Run it.';
  return reasonIn(said);
}

/** By itself, because the runner's own files need nothing that has to be installed. */
function askDoctor(): string {
  const main = join(import.meta.dirname, '../../src/cli/main.ts');
  return spawnSync(process.execPath, [main, 'doctor'], { encoding: 'utf8', timeout: 60_000 }).stdout ?? '';
}

/** Bringing Apache Kafka's jars takes longest, and gives up by itself. */
const TRY_MS = 630_000;

function tryOnce(program: string, args: readonly string[]): Tried {
  const done = spawnSync(program, args, { encoding: 'utf8', timeout: TRY_MS });
  if (done.error && 'code' in done.error && done.error.code === 'ENOENT') return { state: 'absent' };
  if (done.status === 0) return { state: 'ran' };
  const lines = `${done.stderr ?? ''}\n${done.stdout ?? ''}`.trim().split('\n');
  // A program of ours says what it does first, and then why it cannot.
  const said = lines.find((line) => line.startsWith('no: ')) ?? lines[0];
  return { state: 'failed', said: said || done.error?.message || `it ended with ${done.signal ?? done.status}` };
}
