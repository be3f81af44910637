import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '#machine/ports.ts';
import { findBroker } from '../../../labs/kafka/find-broker.ts';

test('findBroker() says of what is no Java program, of nobody, and of another machine why it is not weighed', async () => {
  const why = (host: string, port: number) => {
    const found = findBroker({ host, port });
    return 'unseen' in found ? found.unseen.args.why : found.pid;
  };
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  expect(why('127.0.0.1', (server.address() as AddressInfo).port)).toBe('other-program');
  server.close();
  expect(why('127.0.0.1', freePort())).toBe('no-process');
  expect(why('192.0.2.1', 9092)).toBe('elsewhere');
});
