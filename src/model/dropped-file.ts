/**
 * A file that a reader gives to a page: a result of `./zc run`, or what `./zc inspect --json` printed. Whatever is wrong with
 * it, the reader gets one sentence. Nothing in it is trusted: text is shown as text, and nothing is computed before its shape
 * and its size are known.
 */
import type { CatalogueEntry } from './catalogue.ts';
import { labProblems } from './contribution.ts';
import type { InspectDocument } from './inspect-document.ts';
import { type JsonSchema, mismatchOf } from './json-schema.ts';
import type { LabResult } from './result.ts';
import { currentDocument, placeText, refuseUnknownKind, UnreadableResult } from './result-version.ts';

/** Largest file that is opened; the largest committed result has 0.6 MB. Bytes. */
export const MOST_BYTES: number = 32 * 2 ** 20;
/** More than any lab takes. Statistics look at pairs of samples: without a limit a small file could take hours. */
const MOST = { series: 1000, samples: 400, sites: 20_000 } as const;
/** No document of ours is deeper than ten. */
const DEEPEST = 32;
/** The longest text of a committed result has less than 500 characters. */
const LONGEST_TEXT = 4000;

/** The JSON Schemas of both documents, as the site serves them. */
export interface DocumentSchemas {
  readonly result: JsonSchema;
  readonly inspect: JsonSchema;
}

export type Dropped =
  | { readonly state: 'result'; readonly result: LabResult; readonly entry: CatalogueEntry }
  | { readonly state: 'inspect'; readonly document: InspectDocument };

/** The file is not taken; the message is one sentence without a full stop. */
export class RefusedFile extends TypeError {
  override readonly name = 'RefusedFile';
}

/** Refuses a file by its size, before it is opened. @throws {RefusedFile} */
export function refuseSize(bytes: number): void {
  if (bytes === 0) throw new RefusedFile('Cannot take an empty file');
  if (bytes <= MOST_BYTES) return;
  throw new RefusedFile(
    `Cannot take a file of ${Math.round(bytes / 2 ** 20)} MiB: expected at most ${MOST_BYTES / 2 ** 20} MiB, results are far smaller`,
  );
}

/** Reads a file's text. @throws {RefusedFile} */
export function readDropped(text: string, schemas: DocumentSchemas, labs: readonly CatalogueEntry[]): Dropped {
  refuseSize(text.length);
  const json = parse(text);
  refuseHostile(json);
  if (isInspect(json)) {
    refuseMismatch('the output of ./zc inspect', schemas.inspect, json);
    return { state: 'inspect', document: json as InspectDocument };
  }
  const document = asRefused(() => {
    const current = currentDocument(json);
    refuseUnknownKind(current, ['time', 'proof', 'count']);
    return current;
  });
  refuseMismatch('the result', oneOfKind(schemas.result, document.kind), document);
  const result = document as unknown as LabResult;
  return { state: 'result', result, entry: entryFor(result, labs) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedFile('Cannot read the file: it is no JSON; ./zc run prints the name of the one that it wrote');
  }
}

/** Text that a browser could take for markup, or that cannot be seen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SUSPECT = /<[a-z!/?]|[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/i;
/** Names that reach past an object into what all objects have. */
const REACHING = new Set(['__proto__', 'constructor', 'prototype']);

/** Walks without calling itself, so that depth cannot end it. */
function refuseHostile(json: unknown): void {
  const left: { value: unknown; path: readonly (string | number)[] }[] = [{ value: json, path: [] }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') refuseText(value, path);
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= DEEPEST) throw refused(path.slice(0, 3), `nested more than ${DEEPEST} deep`);
    if (Array.isArray(value)) {
      // Lists of plain numbers can be long and hold nothing to look at.
      for (const [at, each] of value.entries()) {
        if (typeof each !== 'number') left.push({ value: each, path: [...path, at] });
      }
      continue;
    }
    for (const [name, each] of Object.entries(value)) {
      if (REACHING.has(name)) throw refused(path, `the name '${name}' is not taken`);
      refuseText(name, path);
      left.push({ value: each, path: [...path, name] });
    }
  }
}

function refuseText(text: string, path: readonly (string | number)[]): void {
  if (text.length > LONGEST_TEXT)
    throw refused(path, `text of ${text.length} characters, at most ${LONGEST_TEXT} are taken`);
  if (SUSPECT.test(text)) throw refused(path, 'text with markup or control characters in it is not taken');
}

function refused(path: readonly (string | number)[], what: string): RefusedFile {
  const short = path.map((step) => (typeof step === 'string' ? step.slice(0, 40) : step));
  return new RefusedFile(`Cannot read the file: ${placeText(short, what)}`);
}

/** Only what inspect prints has flows. */
function isInspect(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'flows' in json && !('kind' in json);
}

/** One of several kinds is compared with its own schema, so that what is told is about that one. */
function oneOfKind(schema: JsonSchema, kind: unknown): JsonSchema {
  const kinds = (schema.oneOf ?? []) as readonly { properties: { kind: { const: unknown } } }[];
  return (kinds.find(({ properties }) => properties.kind.const === kind) as JsonSchema | undefined) ?? schema;
}

function refuseMismatch(what: string, schema: JsonSchema, value: unknown): void {
  const wrong = mismatchOf(schema, value);
  if (wrong) throw new RefusedFile(`Cannot read ${what}: ${placeText(wrong.path, wrong.what)}`);
}

/** The lab of a result, which has to fit it. */
function entryFor(result: LabResult, labs: readonly CatalogueEntry[]): CatalogueEntry {
  const entry = labs.find(({ id }) => id === result.lab);
  if (!entry) throw new RefusedFile(`Cannot use the result: this site has no lab '${result.lab.slice(0, 40)}'`);
  const [problem] = [...labProblems(result, entry), ...sizeProblems(result)];
  if (problem) throw new RefusedFile(`Cannot use the result of ${entry.id}: ${problem}`);
  return entry;
}

function sizeProblems({ series }: LabResult): string[] {
  const samples = series.map((one) => one.samples.length);
  const sites = series.flatMap((one) => one.samples as { sites?: unknown[] }[]).map((one) => one.sites?.length ?? 0);
  const most = (name: keyof typeof MOST, count: number) =>
    count > MOST[name] ? [`it has ${count} ${name}, at most ${MOST[name]} are taken`] : [];
  return [
    ...most('series', series.length),
    ...most('samples', Math.max(...samples)),
    ...most('sites', Math.max(0, ...sites)),
  ];
}

function asRefused<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableResult) throw new RefusedFile(error.message, { cause: error });
    throw error;
  }
}
