/** Which ordinary misfortunes befall the calls of a learner's program (faulty-libc.ts). One state a process. */

/**
 * `short`: a call moves less than it was asked to; `short-reference`: only a call that moves references does, sendfile(2)
 * and splice(2); `interrupted`: every second call ends with EINTR and moves nothing.
 */
export type Faults = 'none' | 'short' | 'short-reference' | 'interrupted';

const state = { faults: 'none' as Faults, calls: 0, met: 0 };

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

/** The count to ask the kernel for: a third, and never nothing. */
export function shortened(count: number): number {
  return state.faults === 'short' ? lessThan(count) : count;
}

/** The same for a call that moves references to pages. */
export function shortenedReference(count: number): number {
  return state.faults === 'short-reference' ? lessThan(count) : shortened(count);
}

function lessThan(count: number): number {
  if (count <= 1) return count;
  state.met++;
  return Math.min(SHORT_BYTES, Math.ceil(count / 3));
}

/** Whether this call is interrupted before it moves anything. */
export function interrupted(): boolean {
  const now = state.faults === 'interrupted' && ++state.calls % 2 === 1;
  if (now) state.met++;
  return now;
}
