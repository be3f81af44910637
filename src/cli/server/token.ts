import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret of 192 bits for one run of the server. */
export function freshToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Whether an Authorization header carries the token; it takes the same time whatever was sent. */
export function carriesToken(authorization: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

// Two digests are equally long whatever was sent; timingSafeEqual() throws when lengths differ.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
