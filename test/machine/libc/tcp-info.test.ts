import { expect, test } from 'vitest';
import { accept, connect, listen, Mapping, send, setOption, tcpInfo } from '#libc';

test('tcpInfo() counts segments, and what a cork keeps back', () => {
  const { socket, address } = listen({ family: 'inet', port: 0 });
  using listener = socket;
  using sender = connect(address);
  using _receiver = accept(listener.fd);
  using memory = Mapping.anonymous(100);
  const sent = () => {
    const { dataSegments, sentAgain, unsentBytes } = tcpInfo(sender.fd);
    return [dataSegments - sentAgain, unsentBytes];
  };
  expect(tcpInfo(sender.fd).segmentBytes).toBeGreaterThan(500);
  expect(sent()).toEqual([0, 0]);
  send(sender.fd, memory.address, 100);
  expect(sent()).toEqual([1, 0]);
  setOption(sender.fd, 'TCP_CORK', 1);
  send(sender.fd, memory.address, 10);
  send(sender.fd, memory.address, 10);
  expect(sent()).toEqual([1, 20]);
  setOption(sender.fd, 'TCP_CORK', 0);
  expect(sent()).toEqual([2, 0]);
});
