/** A session for tests: what they make in it is gone when it ends. */
import type { Request } from '#measure/request.ts';
import { type Session, withSession } from '#measure/session.ts';

/** Opens a session for a lab file, uses it and ends it. */
export function inSession<T>(
  use: (session: Session) => Promise<T>,
  { labFile = '', ...asked }: Partial<Request> & { labFile?: string } = {},
): Promise<T> {
  const request: Request = { mode: 'quick', rounds: 1, bytes: null, receiver: 'copy', seed: 7, ...asked };
  const options = { request, labFile, work: undefined, diskBytes: 0, progress: () => {} };
  return withSession({ ...options, signal: new AbortController().signal }, use);
}
