/**
 * The one way in for a result document, whoever wrote it and when: reads it, and brings an older one up to this schema.
 * A page goes the same way with the JSON Schema in the place of zod (dropped-file.ts).
 */
import { type LabResult, labResultSchema } from './result.ts';
import {
  currentDocument,
  placeText,
  refuseUnknownKind,
  UnreadableResult,
  type Upgrade,
  upgrades,
} from './result-version.ts';

export { UnreadableResult, type Upgrade, upgrades } from './result-version.ts';

/**
 * Checks a parsed JSON document and returns it as a result of the current schema.
 *
 * @param table upgrades to use; a test hands in its own
 * @throws {UnreadableResult} with one sentence that names what is wrong and where
 */
export function readResult(json: unknown, table: Readonly<Record<number, Upgrade>> = upgrades): LabResult {
  const document = currentDocument(json, table);
  refuseUnknownKind(
    document,
    labResultSchema.options.map((option) => option.shape.kind.value),
  );
  const parsed = labResultSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = issue
    ? placeText(issue.path, issue.message.replace(/^Invalid input: /, ''))
    : 'it does not have the shape of one';
  throw new UnreadableResult('invalid', `Cannot read the result: ${what}`);
}
