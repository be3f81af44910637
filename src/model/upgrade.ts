/**
 * The one way in for a result document, whoever wrote it and when: reads it, and brings an older one up to this schema.
 */
import type { core } from 'zod';
import { type LabResult, labResultSchema, SCHEMA_VERSION } from './result.ts';

/** Turns a document of one schema version into one of the next. It may not change its input. */
export type Upgrade = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** From every older version to the next, by the version it starts from. Empty while there is only one. */
export const upgrades: Readonly<Record<number, Upgrade>> = {};

/** The document is no result that this copy can read. `newer`: a newer copy could. */
export class UnreadableResult extends TypeError {
  readonly reason: 'not-a-result' | 'newer' | 'invalid';

  constructor(reason: UnreadableResult['reason'], message: string) {
    super(message);
    this.name = 'UnreadableResult';
    this.reason = reason;
  }
}

/**
 * Checks a parsed JSON document and returns it as a result of the current schema.
 *
 * @param table upgrades to use; a test hands in its own
 * @throws {UnreadableResult} with one sentence that names what is wrong and where
 */
export function readResult(json: unknown, table: Readonly<Record<number, Upgrade>> = upgrades): LabResult {
  const document = upgraded(asDocument(json), table);
  refuseUnknownKind(document);
  const parsed = labResultSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new UnreadableResult('invalid', `Cannot read the result: ${issueText(parsed.error.issues[0])}`);
}

function asDocument(json: unknown): Record<string, unknown> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  throw new UnreadableResult('not-a-result', `Cannot read the result: expected a JSON object, got ${kindOf(json)}`);
}

function upgraded(
  document: Record<string, unknown>,
  table: Readonly<Record<number, Upgrade>>,
): Record<string, unknown> {
  let version = versionOf(document);
  if (version > SCHEMA_VERSION) {
    const message = `Cannot read a result of schema ${version}: this copy knows up to ${SCHEMA_VERSION}, update it`;
    throw new UnreadableResult('newer', message);
  }
  let current = document;
  for (; version < SCHEMA_VERSION; version++) {
    const upgrade = table[version];
    if (!upgrade) {
      const message = `Cannot read a result of schema ${version}: no way from there to schema ${version + 1} is known`;
      throw new UnreadableResult('invalid', message);
    }
    current = { ...upgrade(current), schemaVersion: version + 1 };
  }
  return current;
}

function versionOf({ schemaVersion }: Record<string, unknown>): number {
  if (typeof schemaVersion === 'number' && Number.isInteger(schemaVersion)) return schemaVersion;
  const found = schemaVersion === undefined ? 'none' : kindOf(schemaVersion);
  throw new UnreadableResult(
    'not-a-result',
    `Cannot read the result: expected a whole number as 'schemaVersion', got ${found}`,
  );
}

function refuseUnknownKind({ kind }: Record<string, unknown>): void {
  const known = labResultSchema.options.map((option) => option.shape.kind.value);
  if (known.some((one) => one === kind)) return;
  const found = kind === undefined ? 'without a kind' : `of kind ${JSON.stringify(kind)}`;
  throw new UnreadableResult('invalid', `Cannot read a result ${found}: this copy knows ${known.join(' and ')}`);
}

/** A zod issue as the end of a sentence: `at series[0].samples[2].wallNs: expected number, received string`. */
function issueText(issue: core.$ZodIssue | undefined): string {
  if (!issue) return 'it does not have the shape of one';
  const path = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  const what = issue.message.replace(/^Invalid input: /, '');
  return path === '' ? what : `at ${path.replace(/^\./, '')}: ${what}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}
