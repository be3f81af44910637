/** A short header before a file, as every protocol has one, and three ways to send it: tcp(7), send(2). */
import { Mapping, MSG_MORE, SyscallError, send, setOption } from '#libc';

/** `apart`: by itself. `more`: with MSG_MORE, held back until the file comes. `cork`: both under TCP_CORK. */
export type Header = 'apart' | 'more' | 'cork';

/** Of a response: enough that it counts, and far less than a packet. Bytes. */
const HEADER_BYTES = 100;

/**
 * Sends the header, if any, and then the file.
 * @returns bytes of the header
 */
export function headed(socket: number, header: Header | undefined, sendFile: () => void): number {
  if (header === 'cork') setOption(socket, 'TCP_CORK', 1);
  if (header !== undefined) {
    using memory = Mapping.anonymous(HEADER_BYTES);
    const sent = send(socket, memory.address, HEADER_BYTES, header === 'more' ? MSG_MORE : 0);
    if (sent !== HEADER_BYTES) throw new SyscallError('send', -sent, `of a header of ${HEADER_BYTES} bytes`);
  }
  sendFile();
  if (header === 'cork') setOption(socket, 'TCP_CORK', 0);
  return header === undefined ? 0 : HEADER_BYTES;
}
