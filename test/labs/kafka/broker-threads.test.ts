import { expect, test } from 'vitest';
import { cpuNsOf, readDump } from '../../../labs/kafka/broker-threads.ts';

const java17 = `Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode):

"main" #1 prio=5 os_prio=0 cpu=900.00ms elapsed=9.1s tid=0x00007f01 nid=0x10 waiting on condition  [0x00007f02]
"data-plane-kafka-network-thread-1-ListenerName(PLAINTEXT)-PLAINTEXT-0" #41 prio=5 tid=0x00007f03 nid=0x1f runnable [0x0]
"data-plane-kafka-network-thread-1-ListenerName(SSL)-SSL-0" #42 prio=5 tid=0x00007f04 nid=0x20 runnable [0x0]
"data-plane-kafka-request-handler-0" #50 daemon prio=5 tid=0x00007f05 nid=0x2a waiting on condition [0x0]
"VM Thread" os_prio=0 cpu=1.00ms elapsed=9.1s tid=0x00007f06 nid=0x2b runnable

JNI global refs: 20, weak refs: 0
`;

test('readDump() finds the threads of Java 17, whose numbers are hexadecimal', () => {
  expect(readDump(java17)).toEqual({ network: [31, 32], handlers: [42] });
});

test('readDump() finds those of Java 21, whose numbers are decimal', () => {
  const java21 = '"data-plane-kafka-network-thread-1-x-0" #41 [8011] prio=5 tid=0x7f nid=8011 runnable\n';
  expect(readDump(java21)).toEqual({ network: [8011], handlers: [] });
});

test('readDump() refuses a dump without network threads', () => {
  expect(() => readDump('"main" #1 nid=0x1 runnable')).toThrow('Expected network threads in a thread dump, found none');
});

test('cpuNsOf() adds up what threads of a process have used, and takes one that ended for nothing', () => {
  const own = cpuNsOf(process.pid, [process.pid]);
  expect(own).toBeGreaterThan(0);
  expect(cpuNsOf(process.pid, [process.pid, 0])).toBeGreaterThanOrEqual(own);
  expect(cpuNsOf(process.pid, [0])).toBe(0);
});
