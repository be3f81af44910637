/** Predicates over the lab kernel-tls: what the CPU copies and encrypts when a file is sent encrypted. */

import type { CountResult } from '../../result.ts';
import { copiesPerByte } from '../../statistics/copies.ts';
import { encryptionsPerByte } from '../../statistics/encryptions.ts';
import type { Predicate } from '../claim.ts';
import { wholes } from './copies.ts';
import { judging, notRun } from './look-up.ts';

/** With the kernel's TLS, sendfile has to bring the bytes into the program or back out of it after all. */
export const kernelTlsCopies: Predicate = judging('count', sendfileOverTls, ({ sendfile }) => {
  const { variant, factors } = sendfile;
  const [copies, encryptions] = [copiesPerByte(sendfile), encryptionsPerByte(sendfile)];
  if (!copies || !encryptions || encryptions.encrypted === 0) return notRun('not-counted');
  const { fileToUser, userToKernel } = copies.places;
  const spared = wholes(fileToUser, 0) && wholes(userToKernel, 0) && encryptions.carrier?.call === 'sendfile';
  return {
    state: spared ? 'not-held' : 'held',
    numbers: [
      { what: 'copies-to-program', variant, factors, value: fileToUser },
      { what: 'copies-from-program', variant, factors, value: userToKernel },
      { what: 'encryptions', variant, factors, value: encryptions.encrypted },
    ],
  };
});

/** TLS 1.3 in the kernel, with whatever else this machine counted it with, or says that it could not. */
function sendfileOverTls({ series, cannotRun }: CountResult) {
  const tried = [...series, ...cannotRun].find((one) => one.variant === 'sendfile' && one.factors.link === 'tls13');
  return { sendfile: { variant: 'sendfile', factors: tried?.factors ?? { link: 'tls13' } } };
}
