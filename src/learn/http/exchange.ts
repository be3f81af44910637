/** Compares one answer with what its request was due. */
import type { Finding } from '#model/finding.ts';
import type { Content } from '../content.ts';
import type { Where } from '../judge-ending.ts';
import { NoEvidence } from '../run-program.ts';
import { dueFor, type HttpAnswer } from './answer.ts';
import type { HttpRequest } from './http-task.ts';

/** What is wrong with an answer; null: nothing. @throws {NoEvidence} when there is nothing to compare */
export function exchangeFinding(
  answer: HttpAnswer | undefined,
  request: HttpRequest | undefined,
  content: Content,
  where: Where,
): Finding | null {
  if (!answer || !request) throw new NoEvidence('A request was not put: nothing can be said about its answer');
  const due = dueFor(request.range, content.bytes);
  const { status, headers, body, trouble } = answer;
  if (status === 0) return { code: 'http-no-answer', args: { ...where, said: trouble ?? '' } };
  if (status !== due.status) return { code: 'http-status', args: { ...where, expected: due.status, status } };
  const expected = due.end - due.begin;
  const length = headers.get('content-length') ?? '';
  if (length !== String(expected)) return header(where, 'content-length', String(expected), length);
  const range = headers.get('content-range') ?? '';
  if (due.contentRange !== null && range !== due.contentRange)
    return header(where, 'content-range', due.contentRange, range);
  const difference = content.difference(due.begin, body.subarray(0, expected));
  const arrived = body.length;
  if (difference !== null) return { code: 'bytes-differ', args: { ...where, at: difference, expected } };
  if (arrived !== expected)
    return { code: arrived < expected ? 'bytes-missing' : 'bytes-extra', args: { ...where, arrived, expected } };
  return trouble === null ? null : { code: 'http-no-answer', args: { ...where, said: trouble } };
}

function header(where: Where, name: string, expected: string, found: string): Finding {
  return { code: 'http-header', args: { ...where, name, expected, found } };
}
