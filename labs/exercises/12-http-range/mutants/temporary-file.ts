// Wrong: copies the range into a temporary file and sends that by sendfile.
// Delivers: every byte
// Found: other-file call=sendfile moved=0 other=sendfile otherBytes=4194299
import { rmSync, writeFileSync } from 'node:fs';
import {
  copyFileRange,
  EINTR,
  fstat,
  Mapping,
  MSG_MORE,
  O_RDWR,
  OffsetCell,
  open,
  read,
  SyscallError,
  send,
  sendfile,
} from '#libc';

export function answer(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  const { status, begin, end, lines } = choose(readHead(socket), size);
  const head = [`HTTP/1.1 ${status}`, `Content-Length: ${end - begin}`, 'Connection: close', ...lines, '', ''];
  sendHead(socket, head.join('\r\n'), end > begin);
  using cell = new OffsetCell();
  cell.set(begin);
  writeFileSync(`${path}.part`, '');
  using part = open(`${path}.part`, O_RDWR);
  rmSync(`${path}.part`);
  using to = new OffsetCell();
  while (cell.get() < end) moved('copy_file_range', copyFileRange(file.fd, cell, part.fd, to, end - cell.get()));
  using from = new OffsetCell();
  while (from.get() < end - begin) moved('sendfile', sendfile(socket, part.fd, from, end - begin));
}

/** Which status, which bytes of the file, from `begin` to before `end`, and which further header lines. */
function choose(head: string, size: number): { status: string; begin: number; end: number; lines: string[] } {
  const [, first, last = ''] = /^Range: *bytes=(\d*)-(\d*)\r$/im.exec(head) ?? [];
  if (first === undefined) return { status: '200 OK', begin: 0, end: size, lines: [] };
  const begin = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (begin >= end)
    return { status: '416 Range Not Satisfiable', begin: 0, end: 0, lines: [`Content-Range: bytes */${size}`] };
  return { status: '206 Partial Content', begin, end, lines: [`Content-Range: bytes ${begin}-${end - 1}/${size}`] };
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
