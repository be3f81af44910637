import { expect, test } from 'vitest';
import type { SliceSender } from '#broker/fetch/index.ts';
import type { Channel } from '#broker/server/channel.ts';
import { Outgoing } from '#broker/server/outgoing.ts';
import type { Slice } from '#broker/storage/slice.ts';
import type { Step } from '#transfer/mover.ts';

/** Sends as the steps say, and notes how many bytes each was asked for. */
function channelOf(steps: Step[], wholeStepBytes: number) {
  const asked: number[] = [];
  const sender: SliceSender = {
    wholeStepBytes,
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

test('a step that was shorter than the socket had room for ends the turn without another call', () => {
  const { asked, channel } = channelOf([300, 700], 4096);
  using outgoing = new Outgoing(channel, null);
  outgoing.add([Buffer.alloc(10), slice(1000)]);
  expect(outgoing.send()).toBe('again');
  expect(asked).toEqual([1000]);
  expect(outgoing.send()).toBe('sent');
  expect(asked).toEqual([1000, 700]);
  expect(outgoing.sentBytes).toBe(1010);
});

test('steps as long as a step can be go on, and so do those that say nothing of the socket', () => {
  const whole = channelOf([400, 400, 100], 400);
  using chunks = new Outgoing(whole.channel, null);
  chunks.add([slice(1000)]);
  expect(chunks.send()).toBe('again');
  expect(whole.asked).toEqual([1000, 600, 200]);

  const silent = channelOf([300, 300, 400], 0);
  using encrypted = new Outgoing(silent.channel, null);
  encrypted.add([slice(1000)]);
  expect(encrypted.send()).toBe('sent');
  expect(silent.asked).toEqual([1000, 700, 400]);
});
