import { expect, test } from 'vitest';
import type { SliceSender } from '#broker/fetch/index.ts';
import type { Channel } from '#broker/server/channel.ts';
import { Outgoing } from '#broker/server/outgoing.ts';
import type { Slice } from '#broker/storage/slice.ts';
import type { Step } from '#transfer/mover.ts';

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
  outgoing.add([Buffer.alloc(10), slice(1000)]);
  expect(outgoing.send()).toBe('again');
  expect(asked).toEqual([1000, 700, 500]);
  expect(outgoing.send()).toBe('sent');
  expect(asked).toEqual([1000, 700, 500, 500]);
  expect(outgoing.sentBytes).toBe(1010);
});

test('lets the others have their turn after 4 MiB', () => {
  const { asked, channel } = channelOf([2 ** 21, 2 ** 21, 2 ** 21]);
  using outgoing = new Outgoing(channel, null);
  outgoing.add([slice(6 * 2 ** 20)]);
  expect(outgoing.send()).toBe('turn');
  expect(asked).toHaveLength(2);
  expect(outgoing.send()).toBe('sent');
});
