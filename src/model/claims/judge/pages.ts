/** Predicates over the lab shared-pages: whose bytes arrive when the file is overwritten after the call has returned. */
import type { Factors, ProofSample, ProofSeries } from '../../result.ts';
import { ownershipOf } from '../../words/proof.ts';
import type { Finding, Predicate, Quantity, Shown } from '../claim.ts';
import { judging, notRun, type Wanted } from './look-up.ts';

const LINKS = ['tcp', 'unix'];
const CONTROLS = ['none', 'receiver-drains-first', 'no-overwrite'];

/** sendfile hands on the file's pages, read + write a copy. */
export const sharesPages = overwritten(
  ['sendfile', 'read-write'],
  ([sendfile, copying]) => sendfile?.every(is('file')) && copying?.every(is('copy')),
);

/** writev does what gathering does: it hands on the pages, as sendfile does. */
export const vectoredShares = overwritten(['writev', 'sendfile'], ([writev]) => writev?.every(is('file')), true);

/** What is written from a mapping are the file's own pages, so nothing was copied. */
export const mappingShares = overwritten(['mmap-write', 'sendfile'], ([mapped]) => mapped?.every(is('file')), true);

/** The bytes never pass through the program: it calls sendfile and nothing else, so it cannot edit them. */
export const programCannotEdit = overwritten(['sendfile'], ([sendfile]) => sendfile?.every(callsOnlySendfile));

/** No socket holds the bytes: sendfile cannot return with bytes that nobody has read. */
export const bypassesQueue = nothingQueued(['sendfile']);

/** A call returns once its bytes have left: none are waiting in a socket, whichever way they were sent. */
export const leftOnReturn = nothingQueued(['read-write', 'sendfile']);

/**
 * Looks at variants over both links, each with its two cross-checks, in which old bytes must arrive.
 *
 * @param comparable the answer means something only where sendfile shares pages on this machine
 */
function overwritten(
  variants: readonly string[],
  holds: (series: readonly (readonly ProofSeries[])[]) => boolean | undefined,
  comparable = false,
): Predicate {
  const wanted = variants.flatMap((variant) =>
    LINKS.flatMap((link) => CONTROLS.map((control) => ({ variant, link, control }))),
  );
  return judging(
    'proof',
    () =>
      Object.fromEntries(
        wanted.map(({ variant, link, control }, at): [string, Wanted] => [
          String(at),
          { variant, factors: { link, control } },
        ]),
      ),
    (found): Finding => {
      const all = Object.values(found);
      const answers = all.filter(({ factors }) => factors.control === 'none');
      const unclear = answers.find((one) => !['copy', 'file'].includes(ownershipOf(one).owner));
      if (unclear) return notRun('unclear-proof', { variant: unclear.variant });
      const check = all.find((one) => !checkPassed(one));
      if (check) return notRun('check-failed', { variant: check.variant });
      const byVariant = variants.map((variant) => answers.filter((one) => one.variant === variant));
      if (comparable && !byVariant.at(-1)?.every(is('file'))) return notRun('nothing-shared');
      return {
        state: holds(byVariant) ? 'held' : 'not-held',
        numbers: answers.flatMap((one) => [shown('old-bytes', one), shown('new-bytes', one)]),
      };
    },
  );
}

/** Nobody has read when the calls return: bytes that they took, and that arrive later, have waited in a socket. */
function nothingQueued(variants: readonly string[]): Predicate {
  const wanted = variants.flatMap((variant) =>
    LINKS.map((link): Wanted => ({ variant, factors: { link, control: 'none' } })),
  );
  return judging(
    'proof',
    () => Object.fromEntries(wanted.map((one, at) => [String(at), one])),
    (found): Finding => {
      const all = Object.values(found);
      const numbers = all.map((one) => shown('queued-bytes', one));
      return { state: all.some(hasQueued) ? 'not-held' : 'held', numbers };
    },
  );
}

function is(owner: 'copy' | 'file') {
  return (series: ProofSeries) => ownershipOf(series).owner === owner;
}

function hasQueued({ samples }: ProofSeries): boolean {
  return samples.some(({ sentBytes, oldBytes, newBytes }) => sentBytes > 0 && oldBytes + newBytes === sentBytes);
}

function callsOnlySendfile({ samples }: ProofSeries): boolean {
  return samples.every(({ calls }) => calls !== null && Object.keys(calls).join() === 'sendfile');
}

function checkPassed({ factors: { control }, samples }: ProofSeries): boolean {
  return (
    control === 'none' ||
    samples.every((sample) => sample.newBytes === 0 && sample.oldBytes === sample.sentBytes && sample.sentBytes > 0)
  );
}

function shown(what: Quantity, { variant, factors, samples }: ProofSeries): Shown {
  const { control: _, ...place }: Factors = factors;
  const of = ({ sentBytes, oldBytes, newBytes }: ProofSample) =>
    what === 'old-bytes' ? oldBytes : what === 'new-bytes' ? newBytes : sentBytes;
  return { what, variant, factors: place, value: samples.reduce((sum, sample) => sum + of(sample), 0) };
}
