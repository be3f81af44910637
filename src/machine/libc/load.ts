/**
 * The only place that loads native code: binds functions of the C library, and of the OpenSSL in Node, through koffi.
 *
 * Conventions: pointers are numbers (user addresses are below 2^53), made from mappings of our own (memory.ts), never
 * from JavaScript objects that the collector may move. The one exception is `bytes`: koffi passes the array's own memory,
 * for the duration of the call, in which no JavaScript runs. errno must be read before any other call, so every wrapper reads
 * it at once.
 */
import koffi from 'koffi';
import { CannotRunHere } from '../cannot-run.ts';

/** C types the bindings use; `size`, `ssize` and `offset` are 64-bit on every system the labs run on. */
export type CType =
  | 'int'
  | 'uint'
  | 'long'
  | 'ulong'
  | 'size_t'
  | 'ssize'
  | 'offset'
  | 'pointer'
  | 'bytes'
  | 'string'
  | 'void';

const spelling: Record<CType, string> = {
  int: 'int',
  uint: 'uint',
  long: 'long',
  ulong: 'ulong',
  size_t: 'size_t',
  ssize: 'int64_t',
  offset: 'int64_t',
  pointer: 'uintptr_t',
  bytes: 'void *',
  string: 'str',
  void: 'void',
};

let library: Library | undefined;
let program: Library | undefined;

function libc(): Library {
  if (library) return library;
  if (process.platform !== 'linux') throw new CannotRunHere('not-linux', { platform: process.platform });
  try {
    library = koffi.load('libc.so.6');
  } catch {
    // musl: the program itself carries the C library's symbols.
    library = koffi.load(null);
  }
  return library;
}

/** What is loaded already, this program's own symbols first. */
function thisProgram(): Library {
  program ??= koffi.load(null);
  return program;
}

/**
 * Binds one function of the C library. What is returned is koffi's own function, with nothing of ours around it: one
 * closure for all of them would hide from the compiler which one is called, which costs some 50 ns a call
 * (test/instrument). Importing does nothing off Linux, and a function that is missing is an answer for the lab that needs
 * it, not a crash at start.
 *
 * @throws {CannotRunHere} from the returned function, when the C library has no such function
 */
export function bind<F extends Native>(name: string, result: CType, parameters: CType[]): F {
  return orItsError(() => find<F>(libc(), 'no-symbol', name, result, parameters));
}

/**
 * Binds one function of the OpenSSL that Node carries: Node exports them for its add-ons, or has loaded the library.
 * @throws {CannotRunHere} from the returned function, when this Node was built without
 */
export function bindOpenssl<F extends Native>(name: string, result: CType, parameters: CType[]): F {
  return orItsError(() => find<F>(thisProgram(), 'no-openssl', name, result, parameters));
}

/**
 * Binds one function of the libuv that Node carries and exports for its add-ons.
 * @throws {CannotRunHere} from the returned function, when this Node does not
 */
export function bindNode<F extends Native>(name: string, result: CType, parameters: CType[]): F {
  return orItsError(() => find<F>(thisProgram(), 'no-symbol', name, result, parameters));
}

type Native = (...args: never[]) => unknown;
type Library = ReturnType<typeof koffi.load>;

function orItsError<F extends Native>(found: () => F): F {
  try {
    return found();
  } catch (error) {
    return (() => {
      throw error;
    }) as unknown as F;
  }
}

function find<F>(library: Library, lacking: string, name: string, result: CType, parameters: CType[]): F {
  try {
    return library.func(
      name,
      spelling[result],
      parameters.map((parameter) => spelling[parameter]),
    ) as unknown as F;
  } catch (error) {
    throw new CannotRunHere(lacking, { call: name }, { cause: error });
  }
}

/**
 * The address of a function of ours for C to call, within a call that this thread makes. It stays for good.
 * @param name of its kind, which must be its own
 */
export function callable(name: string, parameters: CType[], called: (...args: never[]) => void): number {
  const kind = koffi.proto(
    name,
    'void',
    parameters.map((parameter) => spelling[parameter]),
  );
  return Number(koffi.address(koffi.register(called, koffi.pointer(kind))));
}

/** errno of the call just made on this thread. Read it before anything else is called. */
export function errno(): number {
  return koffi.errno();
}

/** An ArrayBuffer over `length` bytes at `address`. It costs microseconds: never make one inside a timed sample. */
export function viewOf(address: number, length: number): ArrayBuffer {
  return koffi.view(address as never, length);
}

/** Version of the foreign-function library, for the result's environment. */
export const koffiVersion: string = koffi.version;
