/**
 * What the schemas of the APIs are made of. A type reads and writes a value; both are told the version of the API, so
 * that a field can say in which versions it is on the wire.
 *
 * Names and layouts are those of the protocol guide: https://kafka.apache.org/protocol#protocol_types
 */
import { MalformedFrame, type Reader } from './reader.ts';
import { textBytes } from './texts.ts';
import type { Writer } from './writer.ts';

export interface Type<T> {
  read(from: Reader, version: number): T;
  write(to: Writer, value: T, version: number): void;
}

/** The TypeScript type of what a schema describes. */
export type Value<S> = S extends Type<infer T> ? T : never;

const MOST_STRING_BYTES = 2 ** 15 - 1;

export const int8: Type<number> = { read: (from) => from.int8(), write: (to, value) => to.int8(value) };
export const int16: Type<number> = { read: (from) => from.int16(), write: (to, value) => to.int16(value) };
export const int32: Type<number> = { read: (from) => from.int32(), write: (to, value) => to.int32(value) };
export const int64: Type<bigint> = { read: (from) => from.int64(), write: (to, value) => to.int64(value) };
export const boolean: Type<boolean> = {
  read: (from) => from.int8() !== 0,
  write: (to, value) => to.int8(value ? 1 : 0),
};

/** NULLABLE_STRING: the length as INT16, -1 for null, then UTF-8. */
export const nullableString: Type<string | null> = {
  read(from) {
    const length = from.int16();
    return length === -1 ? null : from.text(length);
  },
  write(to, value) {
    const length = value === null ? -1 : textBytes(value);
    if (length > MOST_STRING_BYTES)
      throw new RangeError(`Cannot write a STRING of ${length} bytes: its length is an INT16`);
    to.int16(length);
    if (value !== null) to.text(value, length);
  },
};

/** STRING: as NULLABLE_STRING, never null. */
export const string: Type<string> = notNull('STRING', nullableString);

/** NULLABLE_BYTES: the length as INT32, -1 for null. What is read is a view of the frame. */
export const nullableBytes: Type<Uint8Array | null> = {
  read(from) {
    const length = from.int32();
    return length === -1 ? null : from.bytes(length);
  },
  write(to, value) {
    to.int32(value?.length ?? -1);
    if (value) to.bytes(value);
  },
};

export const bytes: Type<Uint8Array> = notNull('BYTES', nullableBytes);

/** ARRAY that may be null: the count as INT32, -1 for null. */
export function nullableArray<T>(element: Type<T>): Type<readonly T[] | null> {
  return {
    read(from, version) {
      const count = from.int32();
      return count === -1 ? null : elements(from, count, element, version);
    },
    write(to, value, version) {
      to.int32(value?.length ?? -1);
      for (const one of value ?? []) element.write(to, one, version);
    },
  };
}

export function array<T>(element: Type<T>): Type<readonly T[]> {
  return notNull('ARRAY', nullableArray(element));
}

/** COMPACT_STRING: the length plus one as UNSIGNED_VARINT. */
export const compactString: Type<string> = {
  read(from) {
    const length = from.unsignedVarint();
    if (length === 0) throw new MalformedFrame('Expected a COMPACT_STRING, found null');
    return from.text(length - 1);
  },
  write(to, value) {
    const length = textBytes(value);
    to.unsignedVarint(length + 1);
    to.text(value, length);
  },
};

/** COMPACT_ARRAY: the count plus one as UNSIGNED_VARINT. */
export function compactArray<T>(element: Type<T>): Type<readonly T[]> {
  return {
    read: (from, version) => elements(from, from.unsignedVarint() - 1, element, version),
    write(to, value, version) {
      to.unsignedVarint(value.length + 1);
      for (const one of value) element.write(to, one, version);
    },
  };
}

/** Tagged fields: none is written, and those that come are passed over, as the protocol asks. */
export const tags: Type<undefined> = {
  read(from) {
    for (let left = from.elements(from.unsignedVarint()); left > 0; left--) {
      from.unsignedVarint();
      from.bytes(from.unsignedVarint());
    }
    return undefined;
  },
  write: (to) => to.unsignedVarint(0),
};

/**
 * Fields one after the other, in the order in which they stand here. A loop over their names would look each of them up for
 * every request; so it is written out once, as `{ a: type0.read(from, version), b: type1.read(from, version) }`.
 */
export function struct<F extends Record<string, Type<unknown>>>(fields: F): Type<{ [K in keyof F]: Value<F[K]> }> {
  const names = Object.keys(fields);
  const types = names.map((_, at) => `type${at}`);
  const reads = names.map((name, at) => `${name}: type${at}.read(from, version)`);
  const writes = names.map((name, at) => `type${at}.write(to, value.${name}, version);`);
  const make = new Function(
    ...types,
    `return {
      read: (from, version) => ({ ${reads.join(', ')} }),
      write(to, value, version) { ${writes.join(' ')} },
    };`,
  );
  return make(...Object.values(fields));
}

/** A field of versions `first` to `last`; in others it is not on the wire and reads as `absent`. */
export function between<T>(first: number, last: number, type: Type<T>, absent: T): Type<T> {
  return {
    read: (from, version) => (version >= first && version <= last ? type.read(from, version) : absent),
    write(to, value, version) {
      if (version >= first && version <= last) type.write(to, value, version);
    },
  };
}

/** A field of version `first` and all later ones. */
export function since<T>(first: number, type: Type<T>, absent: T): Type<T> {
  return between(first, Number.POSITIVE_INFINITY, type, absent);
}

/** A field that looks otherwise from version `first` on. */
export function changed<T>(first: number, older: Type<T>, newer: Type<T>): Type<T> {
  return {
    read: (from, version) => (version < first ? older : newer).read(from, version),
    write: (to, value, version) => (version < first ? older : newer).write(to, value, version),
  };
}

function notNull<T>(name: string, type: Type<T | null>): Type<T> {
  return {
    read(from, version) {
      const value = type.read(from, version);
      if (value === null) throw new MalformedFrame(`Expected ${name}, found null`);
      return value;
    },
    write: (to, value, version) => type.write(to, value, version),
  };
}

function elements<T>(from: Reader, count: number, element: Type<T>, version: number): readonly T[] {
  const values = new Array<T>(from.elements(count));
  for (let at = 0; at < count; at++) values[at] = element.read(from, version);
  return values;
}
