/**
 * TLB shootdowns: a processor that takes pages away from an address space interrupts the others that run in it, so that they
 * forget what they have looked up. x86 counts these interrupts, for the whole machine; arm64 tells all processors by an
 * instruction, and counts nothing.
 */
import { CannotRunHere } from './cannot-run.ts';
import { fact } from './facts.ts';

/** Interrupts so far, all processors together: the row TLB of /proc/interrupts. @throws {CannotRunHere} */
export function tlbShootdowns(interrupts: string = fact('/proc/interrupts') ?? ''): number {
  const row = /^\s*TLB:((?:\s+\d+)+)/m.exec(interrupts)?.[1];
  if (row === undefined) throw new CannotRunHere('no-shootdown-count', { arch: process.arch });
  return row
    .trim()
    .split(/\s+/)
    .reduce((sum, one) => sum + Number(one), 0);
}
