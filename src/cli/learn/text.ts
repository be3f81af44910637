/** What `./zc learn` prints: lines of text, laid out for the terminal. */
import { pathToFileURL } from 'node:url';
import { currentExercise, type Desk, type DiffLine, type Exercise, nextExercise } from '#learn/index.ts';
import type { Finding, Judgement } from '#model/finding.ts';
import { findingText, provedText } from '#model/words/findings.ts';
import type { ReportOptions } from '../report/options.ts';
import { paint, spell, wrap } from '../report/text.ts';
import { shortName } from './open.ts';

/** A path that a terminal can open with a click: OSC 8, only where there is a terminal. */
export function link(path: string, { colour }: ReportOptions): string {
  const file = pathToFileURL(path);
  const address = process.env.TERM_PROGRAM === 'vscode' ? `vscode://file${file.pathname}` : file.href;
  return colour ? `\u001b]8;;${address}\u001b\\${path}\u001b]8;;\u001b\\` : path;
}

/** Title, file and article of an exercise. */
export function exerciseLines(desk: Desk, exercise: Exercise, options: ReportOptions): string[] {
  const { course, practice, progress } = desk;
  const done = progress.done(exercise.id) ? ', done' : '';
  const place = `${shortName(exercise)} (${course.indexOf(exercise) + 1} of ${course.length}${done})`;
  return [
    paint(`${place}: ${exercise.title}`, 'bold', options),
    `  Your file   ${link(practice.fileOf(exercise), options)}`,
    `  Its page    /exercises/${shortName(exercise)}/   the article: ${exercise.article}   (./zc serve shows both)`,
  ];
}

/** What to do after a check: by commands, or by the keys of the watch mode. */
export interface Next {
  failed(exercise: Exercise): string[];
  passed(exercise: Exercise, next: Exercise | null): string[];
  /** After hints, of which so many are left. */
  hinted(exercise: Exercise, left: number): string[];
}

const commands: Next = {
  failed: (exercise) => [
    `  A hint: ./zc learn hint ${shortName(exercise)}    check again: ./zc learn check ${shortName(exercise)}`,
  ],
  passed: (exercise, next) => [
    `  For comparison: ./zc learn solution ${shortName(exercise)}`,
    next
      ? `  Next: ${next.title}: ./zc learn check ${shortName(next)}`
      : '  That was the last one. Everything you proved: ./zc learn status',
  ],
  hinted: (exercise, left) => [
    left > 0
      ? `${left} more: ./zc learn hint ${shortName(exercise)}`
      : `There are no more hints. The solution: ./zc learn solution ${shortName(exercise)} --spoil`,
  ],
};

/** What comes after a check, by keys, and what is said before a key does what cannot be undone by another one. */
export const byKeys = {
  failed: () => ['h shows a hint. Save the file, or press r, to check it again.'],
  passed: (_: Exercise, next: Exercise | null) => [
    's shows the solution, for comparison.',
    next ? `n goes on: ${next.title}` : 'That was the last one. n shows everything you proved.',
  ],
  hinted: (_: Exercise, left: number) => [
    left > 0 ? `${left} more: press h again.` : 'There are no more hints. s shows the solution.',
  ],
  listed: [
    '',
    'n goes to the next one that is not done. To any other: press q, then ./zc learn check NAME and ./zc learn.',
  ],
  beforeSolution: [
    'You have not passed this exercise yet, and the solution takes it away from you. Press s again to see it.',
  ],
  beforeReset: (exercise: Exercise) => [
    `Press x again to begin again from the starter. Your file is kept: ./zc learn restore ${shortName(exercise)} brings it back.`,
  ],
} satisfies Next & Record<string, unknown>;

/** How a check went, and what comes next. */
export function judgementLines(
  desk: Desk,
  exercise: Exercise,
  judgement: Judgement,
  options: ReportOptions,
  next: Next = commands,
): string[] {
  if (judgement.state === 'failed') {
    const [first] = judgement.findings;
    return [
      paint(`NOT YET  ${exercise.title}`, 'yellow', options),
      ...judgement.findings.flatMap((finding) => sentence(findingText(finding).seen, options)),
      ...sentence(`Where to look: ${findingText(first).look}`, options),
      ...next.failed(exercise),
    ];
  }
  return [
    paint(`PASSED  ${exercise.title}`, 'green', options),
    ...sentence(provedText(judgement.proved), options),
    ...next.passed(exercise, nextExercise(desk, exercise)),
  ];
}

function sentence(text: string, options: ReportOptions): string[] {
  return wrap(spell(text, options), options.width - 2, '  ').map((line, at) => (at === 0 ? `  ${line}` : line));
}

/** Hints up to the one that was asked for; the first comes from what the last check saw. */
export function hintLines(
  exercise: Exercise,
  found: readonly Finding[],
  shown: number,
  options: ReportOptions,
  next: Next = commands,
): string[] {
  const hints = hintsOf(exercise, found);
  const lines = hints
    .slice(0, shown)
    .flatMap((hint, at) => wrap(spell(`${at + 1}. ${hint}`, options), options.width, '   '));
  const left = hints.length - Math.min(shown, hints.length);
  return [...lines, ...next.hinted(exercise, left)];
}

/** What was seen, then the exercise's own ladder. */
export function hintsOf(exercise: Exercise, found: readonly Finding[]): string[] {
  const [first] = found;
  if (!first) return [...exercise.hints];
  const { seen, look } = findingText(first);
  return [`The last check: ${seen} ${look}`, ...exercise.hints];
}

/** One line an exercise. */
export function listLines(desk: Desk, options: ReportOptions): string[] {
  const current = currentExercise(desk);
  const width = Math.max(...desk.course.map((one) => shortName(one).length));
  return desk.course.map((exercise) => {
    const state = desk.progress.done(exercise.id) ? 'done   ' : exercise.id === current.id ? 'here   ' : 'pending';
    const mark = paint(state, state.startsWith('done') ? 'green' : state.startsWith('here') ? 'bold' : 'dim', options);
    return `${mark}  ${shortName(exercise).padEnd(width)}  ${exercise.title}`;
  });
}

/** What was proved so far, and when. */
export function statusLines(desk: Desk, options: ReportOptions): string[] {
  const done = desk.course.filter(({ id }) => desk.progress.done(id) !== null);
  const lines = done.flatMap((exercise) => {
    const { at, proved } = desk.progress.done(exercise.id) as NonNullable<ReturnType<typeof desk.progress.done>>;
    return [`${exercise.title} (${at.slice(0, 10)})`, ...sentence(provedText(proved), options)];
  });
  const current = currentExercise(desk);
  const all = done.length === desk.course.length;
  return [
    `${done.length} of ${desk.course.length} exercises done.`,
    ...lines,
    all
      ? 'You have proved all of it, on this machine. To hand it in: ./zc learn status --json'
      : `Go on: ./zc learn check ${shortName(current)}`,
  ];
}

/** A comparison, coloured where it may be. */
export function diffLines(diff: readonly DiffLine[], options: ReportOptions): string[] {
  const formats = { '-': 'red', '+': 'green', ' ': 'reset' } as const;
  return diff.map(({ mark, text }) => (mark === ' ' ? `  ${text}` : paint(`${mark} ${text}`, formats[mark], options)));
}
