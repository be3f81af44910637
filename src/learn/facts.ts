/** The lines of the progress file: one fact each, kind and exercise being its name (progress.ts has the format). */
const VERSION = 1;
const HEAD = 'zero-copy-measured progress';

/** A progress file of a newer copy: exit code 2. */
export class NewerProgress extends Error {
  override name = 'NewerProgress';
}

/** `done 03-send-file` and what the line says behind it; `current ` has no exercise in its name. */
export type Facts = Map<string, string>;

/** The file that says these facts. */
export function textOf(facts: Facts): string {
  const lines = [...facts].map(([name, value]) => `${name.trim()} ${value}`).sort();
  return `${[`${HEAD} ${VERSION}`, ...lines].join('\n')}\n`;
}

/** What a file says; null when any of it cannot be read. @param path named in the error @throws {NewerProgress} */
export function readFacts(text: string, path: string): Facts | null {
  const [head = '', ...lines] = text.split('\n');
  const version = Number(new RegExp(`^${HEAD} (\\d+)$`).exec(head)?.[1]);
  if (version > VERSION)
    throw new NewerProgress(
      `Cannot read '${path}': it has version ${version}, this copy knows ${VERSION}. Update this copy, or set XDG_STATE_HOME to another folder`,
    );
  const facts = lines.filter(Boolean).map(readFact);
  if (version !== VERSION || facts.includes(null) || !text.endsWith('\n')) return null;
  return new Map(facts.filter((fact) => fact !== null));
}

/** Those facts of a damaged file that can still be read. */
export function readableFacts(text: string): Facts {
  const known = /^(current|copied|done|found|hints) /;
  return new Map(
    text
      .split('\n')
      .slice(0, -1)
      .filter((line) => known.test(line))
      .flatMap((line) => {
        const fact = readFact(line);
        return fact ? [fact] : [];
      }),
  );
}

function readFact(line: string): [name: string, value: string] | null {
  const [, kind, exercise = '', value = ''] = /^(current)()\s(.+)$/.exec(line) ?? /^(\w+) (\S+) (.+)$/.exec(line) ?? [];
  if (kind === undefined) return null;
  try {
    if (kind === 'found') JSON.parse(value);
    if (kind === 'done') JSON.parse(value.slice(value.indexOf(' ') + 1));
    return [`${kind} ${exercise}`, value];
  } catch {
    return null;
  }
}
