import { describe, expect, test } from 'vitest';
import type { Channel } from '#broker/server/channel.ts';
import { FrameReader } from '#broker/server/frame-reader.ts';
import { MalformedFrame } from '#broker/wire/reader.ts';
import { EAGAIN, ECONNRESET, EINTR, EIO } from '#libc';
import { uniform } from '../../fixtures/random.ts';

const GLANCE_BYTES = 512;

/** A socket into which pieces come, each when the one before is read; a number is what a call returns instead. */
function socketOf(pieces: (Buffer | number)[]) {
  const calls: number[] = [];
  const channel = {
    receive(into: Uint8Array) {
      calls.push(into.length);
      const piece = pieces.shift() ?? -EAGAIN;
      if (typeof piece === 'number') return piece;
      const got = Math.min(piece.length, into.length);
      into.set(piece.subarray(0, got));
      if (got < piece.length) pieces.unshift(piece.subarray(got));
      return got;
    },
  };
  return { calls, reader: new FrameReader(channel as Pick<Channel, 'receive'> as Channel, 10_000_000) };
}

function frameOf(bytes: number, fill = 7): Buffer {
  const frame = Buffer.alloc(4 + bytes, fill);
  frame.writeInt32BE(bytes);
  return frame;
}

/** Every frame until nothing more comes. */
function all(reader: FrameReader): { frames: Buffer[]; last: 'again' | 'gone' } {
  const frames: Buffer[] = [];
  for (;;) {
    const frame = reader.read();
    if (typeof frame === 'string') return { frames, last: frame };
    frames.push(frame);
  }
}

describe('FrameReader', () => {
  test('takes a short request with one call', () => {
    const { calls, reader } = socketOf([frameOf(98)]);
    expect(reader.read()).toEqual(Buffer.alloc(98, 7));
    expect(calls).toEqual([GLANCE_BYTES]);
    expect([reader.partial, reader.ahead]).toEqual([false, false]);
  });

  test('gives the same frames wherever their bytes are parted', () => {
    const sizes = [8, 98, 507, 508, 509, 70_000, 512, 140_000, 9, 65_536, 65_537];
    const stream = Buffer.concat(sizes.map((size, at) => frameOf(size, at + 1)));
    const next = uniform(3);
    for (let round = 0; round < 60; round++) {
      const most = [100, 600, 5000, 300_000][round % 4] as number;
      const pieces: (Buffer | number)[] = [];
      for (let at = 0; at < stream.length; ) {
        const count = 1 + Math.floor(next() * most);
        pieces.push(stream.subarray(at, at + count));
        at += count;
        if (round % 3 === 0) pieces.push(-EINTR);
      }
      const { frames, last } = all(socketOf(pieces).reader);
      expect(last).toBe('again');
      expect(frames.map((frame) => [frame.length, frame[0], frame.at(-1)])).toEqual(
        sizes.map((size, at) => [size, at + 1, at + 1]),
      );
    }
  });

  test('says when the next frame, or part of it, is here already', () => {
    const { calls, reader } = socketOf([
      Buffer.concat([frameOf(20, 1), frameOf(30, 2), frameOf(40, 3).subarray(0, 3)]),
    ]);
    expect(reader.read()).toEqual(Buffer.alloc(20, 1));
    expect([reader.ahead, reader.partial]).toEqual([true, true]);
    expect(reader.read()).toEqual(Buffer.alloc(30, 2));
    expect([reader.ahead, reader.partial]).toEqual([false, true]);
    expect(calls).toHaveLength(1);
    expect(reader.read()).toBe('again');
  });

  test('leaves what comes after the one call in the socket', () => {
    const stream = Buffer.concat(Array.from({ length: 1000 }, () => frameOf(100)));
    const pieces = [stream];
    const { reader } = socketOf(pieces);
    reader.read();
    expect(pieces[0]).toHaveLength(stream.length - GLANCE_BYTES);
  });

  test('reserves no more than 64 KiB for a frame of which nothing has come', () => {
    const { calls, reader } = socketOf([frameOf(9_000_000).subarray(0, 5)]);
    expect(reader.read()).toBe('again');
    expect(calls).toEqual([GLANCE_BYTES, 65_535]);
    expect([reader.ahead, reader.partial]).toEqual([false, true]);
  });

  test('says that the client has gone, and throws what else happens', () => {
    expect(socketOf([0]).reader.read()).toBe('gone');
    expect(socketOf([-ECONNRESET]).reader.read()).toBe('gone');
    expect(() => socketOf([-EIO]).reader.read()).toThrow('Cannot recv: EIO');
  });

  test.each([7, 0, -1, 10_000_001])('refuses a length of %d', (length) => {
    const frame = Buffer.alloc(8);
    frame.writeInt32BE(length);
    expect(() => socketOf([frame]).reader.read()).toThrow(
      new MalformedFrame(`Expected a request of 8 to 10000000 bytes, found one of ${length}`),
    );
  });
});
