import { expect, test } from 'vitest';
import { TrafficCalls } from '../../../labs/broker/traffic-calls.ts';

const socket = '21<TCP:[127.0.0.1:40001->127.0.0.1:50002]>';
const log = '23</data/t-0/00000000000000000000.log>';
const other = '24</data/u-0/00000000000000000000.log>';

test('sums what went between sockets and the log of the topic', () => {
  const calls = new TrafficCalls('t');
  const take = (name: string, args: readonly string[], result: number | null) => calls.take({ name, args, result });
  take('recvfrom', [socket, '""...', '100'], 60);
  take('recvfrom', [socket, '""...', '100'], -1);
  take('pwrite64', [log, '""...', '50'], 50);
  take('pwrite64', [other, '""...', '50'], 50);
  take('sendto', [socket, '""...', '70'], 70);
  take('sendfile', [socket, log, '[0]', '40'], 40);
  take('sendfile', [socket, other, '[0]', '40'], 40);
  take('pread64', [log, '""...', '30'], 30);
  take('write', [socket, '""...', '30'], 30);
  take('fsync', [log], 0);
  take('read', ['5<anon_inode:[eventfd]>', '""', '8'], 8);
  take('write', [log, '""', '8'], null);
  expect(calls.traffic).toEqual({
    takenBytes: 60,
    appendedBytes: 50,
    syncs: 1,
    readBytes: 30,
    sendfileBytes: 40,
    writtenBytes: 100,
    trafficCalls: 8,
  });
});
