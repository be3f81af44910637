import { readFileSync } from 'node:fs';
import { CannotRunHere } from '#machine/cannot-run.ts';

/** Digits of an address, then a blank, the type, a blank, and the name. */
const ADDRESS_DIGITS = 16;
const NAME_AT = ADDRESS_DIGITS + 3;
const NEW_LINE = 0x0a;
/** T, t, W and w: functions, and functions that another of the name may replace. */
const functionTypes = new Set(Buffer.from('TtWw'));
/** Kernel addresses are the last 2^47: their low 48 bits tell them apart and fit a double. */
const LOW_DIGITS = 12;

/**
 * The functions of the running kernel and its modules, from /proc/kallsyms: `ffffffff81a2b3c0 T tcp_sendmsg [module]`.
 * There are some hundred thousand, of which a handful is asked for: lines are kept as they are, and only addresses are
 * parsed. Without CAP_SYSLOG, or with kernel.kptr_restrict, every address there is 0.
 */
export class KernelSymbols {
  readonly #text: Buffer;
  /** Low 48 bits of the functions' addresses, ascending, and where their lines begin. */
  readonly #addresses: Float64Array;
  readonly #lines: Uint32Array;
  readonly #named = new Map<number, string>();

  /** @param text content of /proc/kallsyms @throws {CannotRunHere} when it hides the addresses */
  constructor(text: Buffer) {
    this.#text = text;
    const addresses: number[] = [];
    const lines: number[] = [];
    for (let line = 0; line < text.length; line = endOf(text, line) + 1) {
      const address = functionTypes.has(text[line + ADDRESS_DIGITS + 1] as number) ? lowBits(text, line) : 0;
      if (address === 0) continue;
      addresses.push(address);
      lines.push(line);
    }
    if (addresses.length === 0) throw new CannotRunHere('hidden-kernel-symbols');
    const order = ascending(addresses);
    this.#addresses = Float64Array.from(order, (at) => addresses[at] as number);
    this.#lines = Uint32Array.from(order, (at) => lines[at] as number);
  }

  static ofThisKernel(): KernelSymbols {
    return new KernelSymbols(readFileSync('/proc/kallsyms'));
  }

  /** Where a function begins; null when this kernel has none of that name. The first counts where there are several. */
  address(name: string): bigint | null {
    const wanted = Buffer.from(` ${name}`);
    for (let found = -1; ; ) {
      found = this.#text.indexOf(wanted, found + 1);
      if (found === -1) return null;
      const after = this.#text[found + wanted.length];
      const line = found - NAME_AT + 1;
      const whole = after === NEW_LINE || after === 0x09 || after === undefined;
      const begins = line === 0 || this.#text[line - 1] === NEW_LINE;
      if (whole && begins && functionTypes.has(this.#text[found - 1] as number)) {
        return BigInt(`0x${this.#text.toString('latin1', line, line + ADDRESS_DIGITS)}`);
      }
    }
  }

  /**
   * Name of the function that an address lies in. Compilers split functions: `x.part.0` and `x.cold` are x.
   * @param address its low 48 bits, as perf samples come
   */
  nameAt(address: number): string {
    const known = this.#named.get(address);
    if (known !== undefined) return known;
    const name = this.#find(address);
    this.#named.set(address, name);
    return name;
  }

  #find(address: number): string {
    let low = 0;
    let high = this.#addresses.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#addresses[middle] as number) <= address) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return `0x${address.toString(16)}`;
    const line = this.#lines[low - 1] as number;
    const [name = ''] = this.#text.toString('latin1', line + NAME_AT, endOf(this.#text, line)).split('\t');
    return name.replace(/\.(part|cold|isra|constprop)\b.*$/, '');
  }
}

function endOf(text: Buffer, line: number): number {
  const end = text.indexOf(NEW_LINE, line + NAME_AT);
  return end === -1 ? text.length : end;
}

/** The last twelve hexadecimal digits of a line's address. */
function lowBits(text: Buffer, line: number): number {
  let value = 0;
  for (let at = line + ADDRESS_DIGITS - LOW_DIGITS; at < line + ADDRESS_DIGITS; at++) {
    const byte = text[at] as number;
    value = value * 16 + (byte < 0x40 ? byte - 0x30 : byte - 0x57);
  }
  return value;
}

/** Positions in ascending order of value. The kernel's own symbols come sorted, those of modules behind them do not. */
function ascending(values: readonly number[]): Uint32Array {
  return Uint32Array.from(values.keys()).sort((one, other) => (values[one] as number) - (values[other] as number));
}
