import { expect, test } from 'vitest';
import {
  addSeals,
  Descriptor,
  DescriptorPost,
  EBUSY,
  EINVAL,
  EPERM,
  fstat,
  ftruncate,
  Mapping,
  memoryFile,
  pwrite,
  seals,
  sealsOf,
  send,
  socketPair,
} from '#libc';

const PAGE = 4096;

test('DescriptorPost passes the same open file under another number', () => {
  const [one, other] = socketPair();
  using from = one;
  using to = other;
  using file = memoryFile('content');
  ftruncate(file.fd, PAGE);
  using post = new DescriptorPost();
  post.send(from.fd, file.fd);
  using got = new Descriptor(post.receive(to.fd));
  expect(got.fd).not.toBe(file.fd);
  expect(fstat(got.fd)).toMatchObject({ ino: fstat(file.fd).ino, size: PAGE });
  using written = Mapping.ofFile(file.fd, 0, PAGE, true);
  written.view().fill(7);
  using seen = Mapping.ofFile(got.fd, 0, PAGE);
  expect(seen.view().every((byte) => byte === 7)).toBe(true);
});

test('DescriptorPost refuses a message without a descriptor', () => {
  const [one, other] = socketPair();
  using from = one;
  using to = other;
  using byte = Mapping.anonymous(1);
  expect(send(from.fd, byte.address, 1)).toBe(1);
  using post = new DescriptorPost();
  expect(() => post.receive(to.fd)).toThrow('the message brought none');
});

test('a sealed file can neither be written nor cut, and cannot be sealed while it is mapped writable', () => {
  using file = memoryFile('content', true);
  ftruncate(file.fd, PAGE);
  using memory = Mapping.anonymous(PAGE);
  {
    using _ = Mapping.ofFile(file.fd, 0, PAGE, true);
    expect(addSeals(file.fd, seals.write)).toBe(-EBUSY);
  }
  const all = seals.seal | seals.shrink | seals.grow | seals.write;
  expect([addSeals(file.fd, all), sealsOf(file.fd)]).toEqual([0, all]);
  expect(pwrite(file.fd, memory.address, 1, 0)).toBe(-EPERM);
  expect(() => ftruncate(file.fd, 0)).toThrow('EPERM');
  expect(() => Mapping.ofFile(file.fd, 0, PAGE, true)).toThrow('EPERM');
  using seen = Mapping.ofFile(file.fd, 0, PAGE);
  expect(seen.view()[0]).toBe(0);
});

test('a file that was not made for it cannot be sealed', () => {
  using file = memoryFile('content');
  expect(addSeals(file.fd, seals.write)).toBe(-EPERM);
  expect([-EINVAL, seals.seal]).toContain(sealsOf(file.fd));
});
