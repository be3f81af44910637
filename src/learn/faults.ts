/** Which ordinary misfortunes befall the calls of a learner's program (faulty-libc.ts). One state a process. */

/**
 * `short`: a call moves less than it was asked to; `short-reference`: only a call that moves references does, sendfile(2)
 * and splice(2); `odd-offset`: only the first of those from each descriptor, which moves so little that the next begins in
 * the middle of a page; `interrupted`: every second call ends with EINTR and moves nothing.
 */
export type Faults = 'none' | 'short' | 'short-reference' | 'odd-offset' | 'interrupted';

const state = { faults: 'none' as Faults, calls: 0, met: 0, begun: new Set<number>() };

/** From now on. */
export function injectFaults(faults: Faults): void {
  state.faults = faults;
}

/** How many calls it befell. A program that calls something else than '#libc' meets none. */
export function faultsMet(): number {
  return state.met;
}

/** No shortened call moves more: a program that asks for a gigabyte must see a short count too. */
const SHORT_BYTES = 40_009;
/** What is sent after so many bytes begins in the middle of a page, whatever a page holds. */
const ODD_BYTES = 101;

/** The count to ask the kernel for: a third, and never nothing. */
export function shortened(count: number): number {
  return state.faults === 'short' ? lessThan(count) : count;
}

/** The same for a call that moves references to pages. @param from descriptor that they are taken from */
export function shortenedReference(count: number, from: number): number {
  if (state.faults === 'short-reference') return lessThan(count);
  if (state.faults !== 'odd-offset' || state.begun.has(from)) return shortened(count);
  state.begun.add(from);
  return lessThan(count, ODD_BYTES);
}

function lessThan(count: number, most = SHORT_BYTES): number {
  if (count <= 1) return count;
  state.met++;
  return Math.min(most, Math.ceil(count / 3));
}

/** Whether this call is interrupted before it moves anything. */
export function interrupted(): boolean {
  const now = state.faults === 'interrupted' && ++state.calls % 2 === 1;
  if (now) state.met++;
  return now;
}
