import { formatBytes } from '../units.ts';
import { count, exact } from './sentence.ts';

const quantities: Readonly<Record<string, (value: number) => string>> = {
  calls: (calls) => `${count(calls)} ${calls === 1 ? 'call' : 'calls'}`,
  faults: (faults) => `${count(faults)} page ${faults === 1 ? 'fault' : 'faults'}`,
  memory: (bytes) => `${formatBytes(bytes)} of memory`,
  references: (bytes) => `${exact(bytes)} by reference`,
  overwrite: (bytes) => `${exact(bytes)} changed by an overwrite`,
};

/** What was counted of a technique: `50 calls`, `40,003 bytes by reference`. */
export function quantityText(quantity: string, value: string | number | undefined): string {
  return quantities[quantity]?.(Number(value ?? 0)) ?? `${value} ${quantity}`;
}
