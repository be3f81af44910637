/**
 * Kprobe events, made and removed through tracefs: Documentation/trace/kprobetrace.rst. Each run has a group of its own;
 * the events go with it, and the guard removes them if this process cannot.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { CannotRunHere } from '#machine/cannot-run.ts';

const folders = ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'];

export interface KprobeEvent {
  readonly name: string;
  /** Number that perf_event_open takes. */
  readonly id: number;
  /** Bytes that one sample is about. Negative results of the probed function are 0: it moved nothing. */
  bytes(fields: Buffer): number;
}

/** The events of one run. Use with `using`. */
export class KprobeEvents implements Disposable {
  readonly #folder: string;
  readonly #group: string;
  readonly #names: string[] = [];

  /** @throws {CannotRunHere} without tracefs, or without the right to change it */
  constructor() {
    const folder = folders.find((one) => existsSync(`${one}/kprobe_events`));
    if (!folder) throw new CannotRunHere('no-kprobes');
    this.#folder = folder;
    this.#group = `zc_${process.pid}`;
  }

  /**
   * Adds an event. @param bytes fetch argument that gives the bytes
   * @returns null when the kernel has no such function, or none that can be probed
   */
  add(name: string, at: 'entry' | 'return', bytes: string): KprobeEvent | null {
    try {
      this.#tell(`${at === 'entry' ? 'p' : 'r'}:${this.#group}/${name} ${name} bytes=${bytes}`);
    } catch (error) {
      if (isCode(error, 'ENOENT', 'EINVAL', 'EADDRNOTAVAIL')) return null;
      throw error;
    }
    this.#names.push(name);
    const event = `${this.#folder}/events/${this.#group}/${name}`;
    const field = fieldOf(readFileSync(`${event}/format`, 'utf8'), 'bytes');
    return {
      name,
      id: Number(readFileSync(`${event}/id`, 'utf8')),
      bytes: (fields) => Math.max(0, readField(fields, field)),
    };
  }

  /** How often events of this run were hit but could not be recorded. kprobe_profile: event, hits, misses. */
  misses(): number {
    const lines = readFileSync(`${this.#folder}/kprobe_profile`, 'utf8').trim().split('\n');
    const ours = lines.map((line) => line.trim().split(/\s+/)).filter(([name]) => this.#names.includes(name ?? ''));
    return ours.reduce((sum, [, , misses]) => sum + Number(misses), 0);
  }

  [Symbol.dispose](): void {
    for (const name of this.#names.splice(0)) this.#tell(`-:${this.#group}/${name}`);
  }

  #tell(line: string): void {
    try {
      appendFileSync(`${this.#folder}/kprobe_events`, `${line}\n`);
    } catch (error) {
      if (isCode(error, 'EACCES', 'EPERM', 'EROFS')) throw new CannotRunHere('no-kprobes', {}, { cause: error });
      throw error;
    }
  }
}

/** Where a field lies in a sample. */
export interface Field {
  readonly offset: number;
  readonly size: number;
  readonly signed: boolean;
}

/** Finds a field in an event's `format` file: `field:u32 bytes;	offset:16;	size:4;	signed:0;` */
export function fieldOf(format: string, name: string): Field {
  const found = new RegExp(`field:[^;]*\\b${name};\\s*offset:(\\d+);\\s*size:(\\d+);\\s*signed:([01]);`).exec(format);
  if (!found) throw new Error(`Cannot find field '${name}' in the event's format: ${JSON.stringify(format)}`);
  return { offset: Number(found[1]), size: Number(found[2]), signed: found[3] === '1' };
}

/** @returns the number in the field; 64-bit ones are below 2^53 */
export function readField(fields: Buffer, { offset, size, signed }: Field): number {
  if (size === 8) return Number(signed ? fields.readBigInt64LE(offset) : fields.readBigUInt64LE(offset));
  return signed ? fields.readIntLE(offset, size) : fields.readUIntLE(offset, size);
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
