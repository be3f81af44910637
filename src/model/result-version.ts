/** Which version of the schema a result document has, and how an older one is brought up. Weighs little: pages load it. */

/** Raised when a field changes its meaning or goes; `upgrades` brings older documents up to it. */
export const SCHEMA_VERSION = 1;

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
 * A parsed JSON document as one of the current version, whatever else may be wrong with it.
 *
 * @param table upgrades to use; a test hands in its own
 * @throws {UnreadableResult} when it says no version, or one that cannot be reached
 */
export function currentDocument(
  json: unknown,
  table: Readonly<Record<number, Upgrade>> = upgrades,
): Record<string, unknown> {
  const document = asDocument(json);
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

/** Refuses a document of a kind that is not among those known. @throws {UnreadableResult} */
export function refuseUnknownKind({ kind }: Record<string, unknown>, known: readonly string[]): void {
  if (known.some((one) => one === kind)) return;
  const found = kind === undefined ? 'without a kind' : `of kind ${JSON.stringify(kind)}`;
  throw new UnreadableResult('invalid', `Cannot read a result ${found}: this copy knows ${known.join(' and ')}`);
}

/** A place in a document and what is wrong there, as the end of a sentence: `at series[0].wallNs: expected number`. */
export function placeText(path: readonly PropertyKey[], what: string): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place === '' ? what : `at ${place.replace(/^\./, '')}: ${what}`;
}

/** `a string`, `an array`, `null`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}

function asDocument(json: unknown): Record<string, unknown> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  throw new UnreadableResult('not-a-result', `Cannot read the result: expected a JSON object, got ${kindOf(json)}`);
}

function versionOf({ schemaVersion }: Record<string, unknown>): number {
  if (typeof schemaVersion === 'number' && Number.isInteger(schemaVersion)) return schemaVersion;
  const found = schemaVersion === undefined ? 'none' : kindOf(schemaVersion);
  throw new UnreadableResult(
    'not-a-result',
    `Cannot read the result: expected a whole number as 'schemaVersion', got ${found}`,
  );
}
