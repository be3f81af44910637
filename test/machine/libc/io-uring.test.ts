import { expect, test } from 'vitest';
import { accept, connect, EINVAL, EPIPE, listen, Mapping, Ring, receiveAll, setTimeouts, socketPair } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';

/** A ring, or why there is none here. */
function open(): Ring | CannotRunHere {
  try {
    return new Ring(4);
  } catch (error) {
    if (error instanceof CannotRunHere) return error;
    throw error;
  }
}

function pair() {
  const { socket, address } = listen({ family: 'inet', port: 0 });
  using listener = socket;
  const sender = connect(address);
  const receiver = accept(listener.fd);
  setTimeouts(receiver.fd, 5000);
  return { sender, receiver };
}

test('Ring sends what lies in memory, more often than it has entries', ({ skip }) => {
  const opened = open();
  if (opened instanceof CannotRunHere) return skip(opened.message);
  using ring = opened;
  using memory = Mapping.anonymous(4096);
  const { sender, receiver } = pair();
  using from = sender;
  using to = receiver;
  for (let turn = 1; turn <= 20; turn++) {
    memory.view().fill(turn);
    expect(ring.send(from.fd, memory.address, 1000, { zeroCopy: false, registered: false })).toEqual({
      result: 1000,
      more: false,
      notifies: false,
      copied: false,
    });
    expect(receiveAll(to.fd, 1000).every((byte) => byte === turn)).toBe(true);
  }
});

test.each([false, true])('a send without a copy is notified of, registered buffer: %s', (registered) => {
  const opened = open();
  if (opened instanceof CannotRunHere) return;
  using ring = opened;
  using memory = Mapping.anonymous(4096);
  memory.view().fill(7);
  if (registered) ring.register(memory);
  const { sender, receiver } = pair();
  using from = sender;
  using to = receiver;
  const sent = ring.send(from.fd, memory.address, 4096, { zeroCopy: true, registered });
  // Before Linux 6.2 there is none of it.
  if (sent.result === -EINVAL) return;
  expect(sent).toEqual({ result: 4096, more: true, notifies: false, copied: false });
  expect(receiveAll(to.fd, 4096).every((byte) => byte === 7)).toBe(true);
  expect(ring.next()).toMatchObject({ notifies: true, copied: true });
});

test('a send that fails is an answer', ({ skip }) => {
  const opened = open();
  if (opened instanceof CannotRunHere) return skip(opened.message);
  using ring = opened;
  using memory = Mapping.anonymous(4096);
  const [one, other] = socketPair();
  using sender = one;
  other[Symbol.dispose]();
  expect(ring.send(sender.fd, memory.address, 10, { zeroCopy: false, registered: false }).result).toBe(-EPIPE);
});
