import { expect, test } from 'vitest';
import type { SliceSender } from '#broker/fetch/index.ts';
import type { Warmth } from '#broker/fetch/warmth.ts';
import type { Channel } from '#broker/server/channel.ts';
import { Outgoing } from '#broker/server/outgoing.ts';
import type { Slice } from '#broker/storage/slice.ts';
import type { Step } from '#transfer/mover.ts';

const MiB = 2 ** 20;

/** Sends as the steps say, and notes how many bytes each was asked for. */
function channelOf(steps: Step[]) {
  const asked: number[] = [];
  const sender: SliceSender = {
    step(_slice, _done, count) {
      asked.push(count);
      return steps.shift() ?? 'again';
    },
    [Symbol.dispose]() {},
  };
  const channel = { write: (bytes: Buffer) => bytes.length, openSender: () => sender } as unknown as Channel;
  return { asked, channel };
}

const slice = (bytes: number): Slice => ({ fd: 3, position: 0, bytes, behind: 0, path: '/log', release() {} });

test('goes on after a short step until the socket says that it is full', () => {
  const { asked, channel } = channelOf([300, 200, 'again', 500]);
  using outgoing = new Outgoing(channel, null);
  outgoing.begin([Buffer.alloc(10), slice(1000)]);
  expect(outgoing.send()).toBe('again');
  expect(asked).toEqual([1000, 700, 500]);
  expect(outgoing.send()).toBe('sent');
  expect(asked).toEqual([1000, 700, 500, 500]);
});

test('lets the others have their turn after 4 MiB', () => {
  const { asked, channel } = channelOf([2 ** 21, 2 ** 21, 2 ** 21]);
  using outgoing = new Outgoing(channel, null);
  outgoing.begin([slice(6 * 2 ** 20)]);
  expect(outgoing.send()).toBe('turn');
  expect(asked).toHaveLength(2);
  expect(outgoing.send()).toBe('sent');
});

test('looks at what comes next while the socket is full, and when a consumer that reads on has its answer', () => {
  const { channel } = channelOf([3.5 * MiB, 'again', 4 * MiB, 0.5 * MiB, MiB]);
  const looks: (readonly [from: number, bytes: number])[] = [];
  const isWarm = (_fd: number, from: number, bytes: number) => looks.push([from / MiB, bytes / MiB]) > 0;
  using outgoing = new Outgoing(channel, { isWarm } as unknown as Warmth);
  const part = (position: number, bytes: number) => {
    return { ...slice(bytes * MiB), position: position * MiB, behind: (64 - position - bytes) * MiB };
  };
  outgoing.begin([part(0, 8)]);
  expect(outgoing.send()).toBe('again');
  expect(looks).toEqual([
    [0, 4],
    [4, 4],
  ]);
  expect([outgoing.send(), outgoing.send()]).toEqual(['turn', 'sent']);
  expect(looks).toHaveLength(2);
  outgoing.begin([part(8, 1)]);
  expect(outgoing.send()).toBe('sent');
  expect(looks.slice(2)).toEqual([
    [8, 1],
    [9, 4],
  ]);
});
