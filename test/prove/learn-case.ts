/** One interrupted session of the watch mode, and a look at what is there afterwards. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { randomFrom } from '#measure/random.ts';
import type { LearnRun } from '#model/prove.ts';
import { exercise, LearnHome } from './learn-home.ts';

type Interruption = LearnRun['interruption'];
type Random = () => number;

/** Longest pause between two saves, or before the interruption, ms. */
const PAUSE_MS = 500;

export interface Save {
  readonly text: string;
  /** What the check of it says, by which it is known to have been checked. */
  readonly marker: string;
  checked: boolean;
}

/** Interrupts a session once. @param earlier the state folder of a learner who has passed the exercise */
export async function interruptOnce(
  interruption: Interruption,
  seed: number,
  earlier: string,
): Promise<Omit<LearnRun, 'order'>> {
  using home = new LearnHome(earlier);
  const random = randomFrom(seed);
  const saves: Save[] = [];
  const faults: string[] = [];
  try {
    home.watch();
    await home.sees('Checking …');
    for (let more = 1 + Math.floor(random() * 3); more > 0; more--) {
      await save(home, saves, random, random() < 0.7);
      await wait(random() * PAUSE_MS);
    }
    await happens[interruption](home, saves, random);
    faults.push(...sessionFaults(home.before + home.shown));
  } catch (error) {
    faults.push((error as Error).message);
  }
  await home.kill();
  faults.push(...lostFaults(home, saves));
  return {
    interruption,
    seed,
    saves: saves.length,
    checked: saves.filter(({ checked }) => checked).length,
    snapshots: home.snapshots().length,
    faults,
  };
}

/** What happens in the middle of a session. Those that the session survives save once more and see it checked. */
const happens: Record<Interruption, (home: LearnHome, saves: Save[], random: Random) => Promise<void>> = {
  async kill(home, saves, random) {
    await save(home, saves, random, false);
    await wait(random() * PAUSE_MS);
    await home.kill();
  },

  async 'full-disk'(home, saves, random) {
    home.limitFiles(0);
    home.forget();
    const last = await save(home, saves, random, false);
    await home.sees('Cannot keep');
    home.limitFiles('unlimited');
    // There is room again: what was saved meanwhile is kept and checked, without another save.
    await home.sees(last.marker);
    last.checked = true;
  },

  async 'read-only'(home, saves, random) {
    await home.kill();
    const mayMount = spawnSync('unshare', ['-rm', 'true']).status === 0;
    const line = `p='${home.practice}'; mount --bind "$p" "$p" && mount -o remount,ro,bind "$p" && exec "$0" learn`;
    // Without a mount of one's own: a file stands where the folder should be, so that nothing can be written there.
    const aside = `${home.practice}.aside`;
    if (!mayMount) {
      renameSync(home.practice, aside);
      writeFileSync(home.practice, '');
    }
    home.watch(mayMount ? `unshare -rm sh -c '${line.replaceAll("'", "'\\''")}'` : undefined);
    if (mayMount) {
      await home.sees('r run');
      home.press('x');
      await home.sees('Press x again');
      home.press('x');
      await home.sees('EROFS');
      home.press('q');
    }
    await home.ended();
    if (!mayMount) {
      rmSync(home.practice);
      renameSync(aside, home.practice);
    }
    home.watch();
    await home.sees('Checking …');
    await save(home, saves, random, true);
  },

  async corrupt(home, saves, random) {
    const path = join(home.state, 'progress.txt');
    const text = readFileSync(path);
    const at = Math.floor(random() * text.length);
    const damaged = [
      text.subarray(0, at),
      Buffer.concat([text.subarray(0, at), Buffer.alloc(1 + Math.floor(random() * 50)), text.subarray(at)]),
      Buffer.concat([text, Buffer.from('done 03-send-file {')]),
      Buffer.alloc(0),
    ];
    writeFileSync(path, damaged[Math.floor(random() * damaged.length)] as Buffer);
    if (random() < 0.5) {
      await home.kill();
      home.watch();
      await home.sees('Checking …');
    }
    await save(home, saves, random, true);
  },

  async clean(home, saves, random) {
    if (random() < 0.5) await home.kill();
    home.forget();
    const { status, stderr } = spawnSync('git', ['clean', '-fdxq'], { cwd: dirname(home.practice), encoding: 'utf8' });
    // A session that goes on may be making the folder again right now.
    if (status !== 0 && !stderr.includes('not empty')) throw new Error(`Cannot clean: ${stderr}`);
    if (home.processes().length === 0) home.watch();
    await home.sees('The newest snapshot of it is back');
    await save(home, saves, random, true);
  },
};

/** Saves the file as editors do: in place, or under another name that is then renamed. */
async function save(home: LearnHome, saves: Save[], random: Random, waits: boolean): Promise<Save> {
  const marker = `save ${saves.length} ${random().toString(36).slice(2)}`;
  const text = `throw new Error('${marker}');\n${'// words\n'.repeat(Math.floor(random() * 200))}`;
  const one: Save = { text, marker, checked: false };
  saves.push(one);
  if (random() < 0.5) writeFileSync(home.file, text);
  else {
    writeFileSync(`${home.file}.swp`, text);
    renameSync(`${home.file}.swp`, home.file);
  }
  if (!waits) return one;
  await home.sees(marker);
  one.checked = true;
  return one;
}

/** What must not be seen in a terminal, whatever happens. */
export function sessionFaults(shown: string): string[] {
  return /\n\s+at .+:\d+:\d+/.test(shown) ? [`The session showed a stack: ${shown.slice(-500)}`] : [];
}

/** What is not there any more. */
export function lostFaults(home: LearnHome, saves: readonly Save[]): string[] {
  const kept = home.snapshots();
  const now = existsSync(home.file) ? readFileSync(home.file, 'utf8') : null;
  const lost = saves.filter(({ text, checked }) => checked && !kept.includes(text));
  const torn = now !== null && !saves.some(({ text }) => text === now) && !kept.includes(now);
  const { code, stdout, stderr } = home.learn('status', '--json');
  const done = code === 0 && /"done": true/.test(stdout.slice(stdout.indexOf(`"${exercise}"`)).split('}')[0] ?? '');
  const back = home.learn('restore', exercise, '--list', '--json');
  const listed = back.code === 0 ? (JSON.parse(back.stdout) as { snapshots: unknown[] }).snapshots.length : -1;
  return [
    ...lost.map(({ marker }) => `What was checked is not kept: ${marker}`),
    ...(torn ? [`The learner's file holds what nobody saved: ${JSON.stringify(now?.slice(0, 100))}`] : []),
    ...(done ? [] : [`The pass is lost: exit code ${code}, ${stderr || stdout.slice(0, 200)}`]),
    ...(listed === kept.length ? [] : [`restore lists ${listed} of ${kept.length} snapshots: ${back.stderr}`]),
  ];
}
