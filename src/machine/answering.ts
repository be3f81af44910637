/** The child's side of child.ts: reads questions, writes answers, both as lines of JSON. */
import { readSync, writeSync } from 'node:fs';
import { dieWithParent } from '#libc';

/** Answers questions with `reply` until the input ends; an error becomes an answer `{ error }`. */
export async function answerQuestions<Q>(reply: (question: Q) => Promise<object> | object): Promise<void> {
  dieWithParent(Number(process.argv[2]));
  for (const line of lines(0)) {
    let answer: object;
    try {
      answer = await reply(JSON.parse(line) as Q);
    } catch (error) {
      answer = { error: error instanceof Error ? error.message : String(error) };
    }
    writeAll(1, `${JSON.stringify(answer)}\n`);
  }
}

/** Reads blocking, line by line: between samples the child sleeps in read(2) and nothing else runs in it. */
function* lines(fd: number): Generator<string> {
  const chunk = Buffer.alloc(65536);
  let rest = '';
  for (;;) {
    const got = readSync(fd, chunk);
    if (got === 0) return;
    const parts = (rest + chunk.toString('utf8', 0, got)).split('\n');
    rest = parts.pop() as string;
    yield* parts;
  }
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}
