/** From hits to what a result says: sums by place, the sites they are made of, and the second count below them. */
import type { CopiedBytes, CountSample, CrossCheck, Site } from '#model/count-sample.ts';
import { CountFailed } from './count-failed.ts';
import type { Hit, Watched } from './counter.ts';
import { placeOf } from './places.ts';

export type Tally = Required<
  Pick<
    CountSample,
    | 'copiedBytes'
    | 'copiedTotal'
    | 'copiedBy'
    | 'bystanderBytes'
    | 'referencedBytes'
    | 'encryptedBytes'
    | 'decryptedBytes'
    | 'sites'
    | 'crossCheck'
  >
> &
  Pick<CountSample, 'records'>;

/** By how much the two counts may differ, as a share of the larger. */
const TOLERANCE = 0.001;
/**
 * And by how many bytes at least: the watches begin and end one after another, and a thread of Node's own that wakes another
 * one in between (eventfd, 8 bytes) is seen by some of them only. Where nothing is copied, that is all there is.
 */
const EDGE_BYTES = 64;

/**
 * Adds up what two processes and the soft interrupts between them did.
 * @throws {CountFailed} when the primitive saw other bytes than the functions above it
 */
export function tally(hits: readonly Hit[], watched: Watched, sender: number, receiver: number): Tally {
  const ours = new Set([sender, receiver]);
  const copies = asCopies(hits).filter(({ what }) => what === 'copy');
  const by = (pid: number) => sum(copies.filter((hit) => hit.pid === pid));
  const counted = tallyOf(hits, watched, ours);
  const others = counted.copiedTotal - by(sender) - by(receiver);
  return { ...counted, copiedBy: { sender: by(sender), receiver: by(receiver), others } };
}

/**
 * Adds up what some processes did, and the soft interrupts. What any other process did on its own account is a
 * bystander's.
 */
export function tallyOf(hits: readonly Hit[], watched: Watched, pids: ReadonlySet<number>): Omit<Tally, 'copiedBy'> {
  const seen = asCopies(hits);
  const ours = seen.filter((hit) => pids.has(hit.pid) || inSoftInterrupt(hit));
  const copies = ours.filter(({ what }) => what === 'copy');
  const copiedBytes: CopiedBytes = { fileToUser: 0, userToKernel: 0, inKernel: 0, kernelToReceiver: 0, other: 0 };
  for (const hit of copies) copiedBytes[placeOf(hit)] += hit.bytes;
  const bytesOf = (what: Hit['what']) => sum(ours.filter((hit) => hit.what === what));
  // The kernel encrypts a TLS record at a time.
  const records = ours.reduce((count, { what, times }) => count + (what === 'encrypt' ? times : 0), 0);
  return {
    copiedBytes,
    copiedTotal: sum(copies),
    bystanderBytes: sum(seen.filter((hit) => hit.what === 'copy')) - sum(copies),
    referencedBytes: bytesOf('reference'),
    encryptedBytes: bytesOf('encrypt'),
    decryptedBytes: bytesOf('decrypt'),
    ...(records > 0 ? { records } : {}),
    sites: sitesOf(ours),
    crossCheck: crossCheck(hits, watched),
  };
}

/** The watched functions that cross between kernel and user memory. */
const callers = new Set(['_copy_to_iter', '_copy_from_iter']);

/** They pass the room that they have, not the bytes that there are: below them the size in the register is too large. */
const roomNotBytes = /^(pipe_write|get_random_bytes_user)$/;
/** They read a file into the kernel's own memory, as execve(2) does: that is no copy to a user, so not at the primitive. */
const intoKernel = /^__kernel_(read|write)/;

const isUnder = ({ stack }: Hit, names: RegExp) => stack.some((name) => names.test(name));

/**
 * Hits as copies, each byte once. Where a watched function was told too large a size, and where no watched function
 * was called, as for a write to a file, the primitive says how many bytes were copied.
 */
function asCopies(hits: readonly Hit[]): Hit[] {
  const inlined = !hits.some(({ what }) => what === 'primitive');
  return hits
    .filter((hit) => !insideItself(hit))
    .filter((hit) => inlined || !(callers.has(hit.function) && isUnder(hit, roomNotBytes)))
    .map((hit) =>
      hit.what === 'primitive' && (!hit.stack.some((name) => callers.has(name)) || isUnder(hit, roomNotBytes))
        ? { ...hit, what: 'copy' }
        : hit,
    );
}

/** The same bytes, counted where the CPU moves them: at the primitive, when one of the watched functions called it. */
export function crossCheck(hits: readonly Hit[], { primitive }: Watched): CrossCheck {
  if (primitive === null) return { state: 'not-cross-checked', why: 'no-primitive' };
  const exact = hits.filter((hit) => !isUnder(hit, roomNotBytes) && !isUnder(hit, intoKernel));
  const watchedBytes = sum(exact.filter(({ what, function: name }) => what === 'copy' && callers.has(name)));
  const primitiveBytes = sum(
    exact.filter(({ what, stack }) => what === 'primitive' && stack.some((name) => callers.has(name))),
  );
  const allowed = Math.max(EDGE_BYTES, TOLERANCE * Math.max(primitiveBytes, watchedBytes));
  if (Math.abs(primitiveBytes - watchedBytes) > allowed) {
    // A CPU with FSRM copies with one instruction and calls no primitive at all.
    if (primitiveBytes === 0) return { state: 'not-cross-checked', why: 'inlined' };
    throw new CountFailed(
      `Cannot trust the count: ${watchedBytes} bytes at _copy_to_iter and _copy_from_iter, ${primitiveBytes} at ${primitive} below them`,
    );
  }
  return { state: 'agreed', primitive, primitiveBytes, watchedBytes };
}

/** Hits of one kind at one function with one chain of callers, together. */
function sitesOf(hits: readonly Hit[]): Site[] {
  const sites = new Map<string, Site>();
  for (const hit of hits) {
    if (hit.what === 'primitive') continue;
    const stack = hit.stack.filter((name) => !entrances.test(name));
    const key = [hit.what, hit.function, ...stack].join(' ');
    const site = sites.get(key) ?? newSite(hit, hit.what, stack);
    sites.set(key, { ...site, bytes: site.bytes + hit.bytes, hits: site.hits + hit.times });
  }
  return [...sites.values()].sort((one, other) => other.bytes - one.bytes);
}

function newSite(hit: Hit, what: Site['what'], stack: string[]): Site {
  const place = what === 'copy' ? { place: placeOf(hit) } : {};
  return { what, ...place, function: hit.function, stack, bytes: 0, hits: 0 };
}

/** The way into the kernel, which is the same for every call. */
const entrances =
  /^(entry_SYSCALL_64.*|do_syscall_64|x64_sys_call|ret_from_fork.*|el0t?_.*|do_el0_svc|invoke_syscall|el0_svc_common.*)$/;

/** A function that goes through a list of fragments by calling itself has said its bytes already (skb_copy_bits). */
function insideItself({ function: name, stack }: Hit): boolean {
  return stack.includes(name);
}

function inSoftInterrupt({ stack }: Hit): boolean {
  return stack.some((name) => /softirq/.test(name));
}

function sum(hits: readonly Hit[]): number {
  return hits.reduce((total, { bytes }) => total + bytes, 0);
}
