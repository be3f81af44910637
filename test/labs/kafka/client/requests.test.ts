import { describe, expect, test } from 'vitest';
import type { ApiName } from '#broker/wire/apis.ts';
import { decodeRequest, encodeResponse, type ResponseOf } from '#broker/wire/message.ts';
import {
  checkCreated,
  checkDeleted,
  createTopicFrame,
  deleteTopicFrame,
  fetchedRecords,
  fetchFrame,
  foundLeader,
  leaderFrame,
  producedOffset,
  produceFrame,
} from '../../../../labs/kafka/client/requests.ts';

/** What a broker would answer, without its size. */
function answer<N extends ApiName>(name: N, frame: Buffer, body: ResponseOf<N>): Buffer {
  const { header } = decodeRequest(frame.subarray(4));
  return Buffer.concat(encodeResponse(name, header, body) as Buffer[]).subarray(4);
}

describe('requests', () => {
  test('are what a broker reads', () => {
    expect(decodeRequest(fetchFrame('t', 5n, 4096).subarray(4))).toMatchObject({
      api: 'fetch',
      body: { maxBytes: 4096, topics: [{ name: 't', partitions: [{ index: 0, fetchOffset: 5n, maxBytes: 4096 }] }] },
    });
    expect(decodeRequest(produceFrame('t', Buffer.from('batch')).subarray(4))).toMatchObject({
      api: 'produce',
      body: { acks: -1, topics: [{ name: 't' }] },
    });
    expect(decodeRequest(createTopicFrame('t', { a: 'b' }, [1, 2]).subarray(4))).toMatchObject({
      api: 'createTopics',
      body: {
        topics: [{ assignments: [{ partitionIndex: 0, brokerIds: [1, 2] }], configs: [{ name: 'a', value: 'b' }] }],
      },
    });
  });

  test('that a broker refuses say with which error', () => {
    const partition = { index: 0, errorCode: 3, baseOffset: -1n, logAppendTimeMs: -1n, logStartOffset: -1n };
    const frame = produceFrame('t', Buffer.alloc(1));
    const refused = answer('produce', frame, { topics: [{ name: 't', partitions: [partition] }], throttleTimeMs: 0 });
    expect(() => producedOffset(refused)).toThrow('Cannot produce: the broker answers error 3');
    const topic = { name: 't', errorCode: 36, errorMessage: 'it exists' };
    const known = answer('createTopics', createTopicFrame('t', {}), { throttleTimeMs: 0, topics: [topic] });
    expect(() => checkCreated(known)).toThrow('Cannot make a topic: it exists');
  });

  test('to delete a topic name it, and are content where it is not there', () => {
    // DeleteTopics is API 20; then version 3, request 7, a client of 18 letters, one name, 30 s.
    const name = Buffer.from('zero-copy-measured').toString('hex');
    expect(deleteTopicFrame('t').toString('hex', 4)).toBe(
      `0014000300000007 0012${name} 00000001 000174 00007530`.replaceAll(' ', ''),
    );
    // Request 7, no throttling, one topic, its name, the error.
    const answered = (error: string) =>
      Buffer.from(`00000007 00000000 00000001 000174 ${error}`.replaceAll(' ', ''), 'hex');
    for (const gone of ['0000', '0003']) expect(() => checkDeleted(answered(gone))).not.toThrow();
    expect(() => checkDeleted(answered('001d'))).toThrow('Cannot delete a topic: the broker answers error 29');
  });

  test('for the leader of a topic name nobody until there is one', () => {
    const broker = { nodeId: 4, host: 'b', port: 9092, rack: null };
    const lead = (leaderId: number) => {
      const partition = {
        errorCode: 0,
        partitionIndex: 0,
        leaderId,
        replicaNodes: [4],
        isrNodes: [4],
        offlineReplicas: [],
      };
      const topic = { errorCode: 0, name: 't', isInternal: false, partitions: [partition] };
      const body = { throttleTimeMs: 0, brokers: [broker, { ...broker, nodeId: 5 }], clusterId: null, controllerId: 4 };
      return foundLeader(answer('metadata', leaderFrame('t'), { ...body, topics: [topic] }));
    };
    expect(lead(4)).toEqual({ brokers: 2, leader: { host: 'b', port: 9092 } });
    expect(lead(-1)).toEqual({ brokers: 2, leader: null });
  });

  test('of another number are not taken', () => {
    const other = Buffer.alloc(64);
    other.writeInt32BE(8);
    expect(() => fetchedRecords(other)).toThrow('Expected the answer to request 7, found one to 8');
  });
});
