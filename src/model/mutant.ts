/**
 * The head of a wrong answer, labs/exercises/<exercise>/mutants/<name>.ts, which the course tries on itself:
 *
 *     // Wrong: sends one byte by sendfile and the rest by write.
 *     // Delivers: every byte
 *     // Found: not-by-call call=sendfile moved=1 other=read+write
 *
 * `Delivers: every byte` marks those that only a check of the mechanism can catch. Where the answer is no transfer,
 * `Right: on every example` marks those that are right on all that the learner sees; that is tried too.
 */
export interface Mutant {
  /** What is wrong with it, one sentence. */
  readonly wrong: string;
  readonly deliversEverything: boolean;
  readonly rightOnExamples: boolean;
  readonly code: string;
  /** Arguments that the finding must have, as text. */
  readonly args: Readonly<Record<string, string>>;
}

/** Reads the head. @throws {SyntaxError} that says which line is missing */
export function readMutant(text: string): Mutant {
  const wrong = line(text, 'Wrong');
  const [code = '', ...args] = line(text, 'Found').split(' ');
  return {
    wrong,
    deliversEverything: /^\/\/ Delivers: every byte$/m.test(text),
    rightOnExamples: /^\/\/ Right: on every example$/m.test(text),
    code,
    args: Object.fromEntries(args.map((arg) => arg.split('=', 2) as [string, string])),
  };
}

function line(text: string, name: string): string {
  const found = new RegExp(`^// ${name}: (.+)$`, 'm').exec(text)?.[1];
  if (found === undefined) throw new SyntaxError(`Expected a line '// ${name}: …' at the head of a mutant, found none`);
  return found;
}
