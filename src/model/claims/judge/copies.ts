/** Predicates over the lab count-copies: bytes that the CPU copied in the kernel, over loopback TCP. */
import type { CountResult, CountSeries } from '../../result.ts';
import { type CopiesPerByte, copiesPerByte, plainFactors } from '../../statistics/copies.ts';
import type { Finding, Predicate, Quantity, Shown } from '../claim.ts';
import { judging, notRun, type Wanted } from './look-up.ts';

/** Copying by hand copies each byte twice at the sender: into the program and out of it. */
export const twiceAtSender: Predicate = judging('count', plain('read-write'), ({ 'read-write': series }) =>
  judgeCopies([series], ([copies]) => wholes(copies?.places.fileToUser, 1) && wholes(copies?.sender, 2), [
    'sender-copies',
  ]),
);

/** sendfile: the CPU copies nothing at the sender, and every byte goes on by reference. */
export const neverAtSender: Predicate = judging('count', plain('sendfile'), ({ sendfile }) =>
  judgeCopies([sendfile], ([copies]) => wholes(copies?.sender, 0) && wholes(copies?.referenced, 1), [
    'sender-copies',
    'references',
  ]),
);

/** A mapping: nothing is copied from the page cache to the program. */
export const mappedWithoutCopy: Predicate = judging(
  'count',
  plain('mmap-write', 'read-write'),
  ({ 'mmap-write': mapped, 'read-write': read }) =>
    judgeCopies(
      [mapped, read],
      ([one, other]) => wholes(one?.places.fileToUser, 0) && wholes(other?.places.fileToUser, 1),
      ['copies-to-program'],
    ),
);

/** Nothing of the payload is held a second time: sendfile queues references where read + write queues copies. */
export const nothingTwiceInMemory: Predicate = judging(
  'count',
  plain('sendfile', 'read-write'),
  ({ sendfile, 'read-write': read }) =>
    judgeCopies(
      [sendfile, read],
      ([one, other]) =>
        wholes(one?.places.userToKernel, 0) && wholes(one?.referenced, 1) && wholes(other?.places.userToKernel, 1),
      ['copies-from-program', 'references'],
    ),
);

/** Loopback TCP and a reading receiver, from the file system that was counted first: the work folder's. */
function plain<Name extends string>(...variants: readonly Name[]) {
  return (result: CountResult): Record<Name, Wanted> => {
    const factors = { ...plainFactors(result), link: 'tcp', receiver: 'read' };
    const wanted: Partial<Record<Name, Wanted>> = {};
    for (const variant of variants) wanted[variant] = { variant, factors };
    return wanted as Record<Name, Wanted>;
  };
}

/** Every transfer must agree; series in which nothing was counted make it *not run*. */
function judgeCopies(
  series: readonly CountSeries[],
  holds: (copies: readonly CopiesPerByte[]) => boolean,
  told: readonly Quantity[],
): Finding {
  const rounds = Math.min(...series.map(({ samples }) => samples.length));
  const each = Array.from({ length: rounds }, (_, at) =>
    series.map(({ samples }) => copiesPerByte({ samples: samples.slice(at, at + 1) })),
  );
  const counted = each.map((copies) => copies.filter((one) => one !== undefined));
  if (counted.some((copies) => copies.length < series.length)) return notRun('not-counted');
  const numbers = series.flatMap((one) => told.map((what) => shown(what, one)));
  return { state: counted.every(holds) ? 'held' : 'not-held', numbers };
}

function shown(what: Quantity, { variant, factors, samples }: CountSeries): Shown {
  const copies = copiesPerByte({ samples });
  const values: Partial<Record<Quantity, number | undefined>> = {
    'sender-copies': copies?.sender,
    'copies-to-program': copies?.places.fileToUser,
    'copies-from-program': copies?.places.userToKernel,
    references: copies?.referenced,
  };
  return { what, variant, factors, value: values[what] ?? Number.NaN };
}

/** Whether a byte was copied this often, but for headers and messages of a few bytes. */
export function wholes(copies: number | undefined, expected: number): boolean {
  return copies !== undefined && Math.abs(copies - expected) < HEADERS;
}

/** Copies a byte; the labs send 256 KiB at least. */
const HEADERS = 0.02;
