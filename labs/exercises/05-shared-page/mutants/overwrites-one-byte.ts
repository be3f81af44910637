// Wrong: overwrites one byte and takes it for evidence about all of them.
// Found: not-overwritten way=sendfile payload=40003 overwritten=1
import { Mapping, O_RDWR, open, pwrite, read } from '#libc';

export function changedBytes(path: string, receiver: number, transfer: () => void): number {
  transfer();
  overwrite(path, 1);
  const received = receive(receiver, 40_003);
  return received[0] === 0x42 ? received.length : 0;
}

function overwrite(path: string, size: number): void {
  using file = open(path, O_RDWR);
  using all = Mapping.anonymous(size);
  all.view().fill(0x42);
  for (let done = 0; done < size; ) done += pwrite(file.fd, all.address + done, size - done, done);
}

function receive(socket: number, size: number): Buffer {
  using all = Mapping.anonymous(size + 1);
  let got = 0;
  for (let more = -1; more !== 0; got += more) more = Math.max(0, read(socket, all.address + got, size + 1 - got));
  return Buffer.from(all.view().subarray(0, got));
}
