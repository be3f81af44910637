/**
 * Answer HTTP requests for a file, and for ranges of it.
 *
 * answer() gets a socket on which a client asks for the file at `path`, with GET and perhaps a Range line of one range.
 * It answers as RFC 9110, section 14, has it, and sends the bytes by sendfile(2). Requests without a range are answered
 * right already.
 */
import { EINTR, fstat, Mapping, MSG_MORE, OffsetCell, open, read, SyscallError, send, sendfile } from '#libc';

export function answer(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  const { status, begin, end, lines } = choose(readHead(socket), size);
  const head = [`HTTP/1.1 ${status}`, `Content-Length: ${end - begin}`, 'Connection: close', ...lines, '', ''];
  sendHead(socket, head.join('\r\n'), end > begin);
  using cell = new OffsetCell();
  cell.set(begin);
  while (cell.get() < end) moved('sendfile', sendfile(socket, file.fd, cell, end - cell.get()));
}

/** Which status, which bytes of the file, from `begin` to before `end`, and which further header lines. */
function choose(_head: string, size: number): { status: string; begin: number; end: number; lines: string[] } {
  // TODO: Range: bytes=500-999, bytes=500-, bytes=-500. What if it begins behind the end, or ends there?
  return { status: '200 OK', begin: 0, end: size, lines: [] };
}

/** Everything up to the empty line, in however many parts it comes. */
function readHead(socket: number): string {
  using memory = Mapping.anonymous(8192);
  let held = 0;
  for (let got = 1; got !== 0 && !memory.view().includes('\r\n\r\n'); ) {
    got = read(socket, memory.address + held, memory.length - held);
    held += moved('read', got);
  }
  return memory.view().toString('latin1', 0, held);
}

function sendHead(socket: number, head: string, more: boolean): void {
  using memory = Mapping.anonymous(head.length);
  memory.view().write(head, 'latin1');
  for (let at = 0; at < head.length; )
    at += moved('send', send(socket, memory.address + at, head.length - at, more ? MSG_MORE : 0));
}

/** Bytes that a call moved; none when a signal came first. */
function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
