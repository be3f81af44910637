/** Socket addresses: struct sockaddr_in (ip(7)) and struct sockaddr_un (unix(7)), as bytes. */

export const AF_UNIX = 1;
export const AF_INET = 2;

/** Where a lab's receiver listens. The abstract AF_UNIX name is no file and goes with its last socket (unix(7)). */
export type Address =
  | { readonly family: 'inet'; readonly port: number; readonly host?: string }
  | { readonly family: 'unix'; readonly name: string };

/** IPv4 host (127.0.0.1 when none is named) and port, or the abstract name. */
export function encodeAddress(address: Address): Buffer {
  if (address.family === 'inet') {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt16LE(AF_INET, 0);
    bytes.writeUInt16BE(address.port, 2);
    bytes.set((address.host ?? '127.0.0.1').split('.').map(Number), 4);
    return bytes;
  }
  const name = Buffer.from(`\0${address.name}`);
  if (name.length > 108) throw new RangeError(`Cannot use AF_UNIX name '${address.name}': at most 107 bytes fit`);
  const family = Buffer.alloc(2);
  family.writeUInt16LE(AF_UNIX, 0);
  return Buffer.concat([family, name]);
}

/** Port of a bound AF_INET socket's address. */
export function portOf(bytes: Buffer): number {
  return bytes.readUInt16BE(2);
}
