import { describe, expect, it } from 'vitest';
import type { Api } from '#broker/wire/api.ts';
import { type ApiName, apis } from '#broker/wire/apis.ts';
import { errors } from '#broker/wire/errors.ts';
import { decodeRequest, encodeResponse, encodeUnsupported, type RequestHeader } from '#broker/wire/message.ts';
import { MalformedFrame, Reader } from '#broker/wire/reader.ts';
import { array, compactString, int32, string, tags } from '#broker/wire/types.ts';
import { Writer } from '#broker/wire/writer.ts';
import { uniform } from '../fixtures/random.ts';
import { requestFrame, responseBody } from './client.ts';
import { requests, responses } from './wire/requests.ts';

const names = Object.keys(apis) as ApiName[];
const versions = names.flatMap((name) => {
  const [first, last] = apis[name].versions;
  return Array.from({ length: last - first + 1 }, (_, index) => [name, first + index] as const);
});

const header = (apiKey: number, apiVersion: number): RequestHeader => {
  return { apiKey, apiVersion, correlationId: 7, clientId: 'test' };
};

describe('requests', () => {
  it.each(versions)('%s %i are the same after decoding and encoding again', (name, version) => {
    const frame = requestFrame(name, version, requests[name]);
    expect(frame.readInt32BE()).toBe(frame.length - 4);
    const request = decodeRequest(frame.subarray(4));
    expect(request).toMatchObject({ api: name, header: header(apis[name].key, version) });
    expect(request.api === name && requestFrame(name, version, request.body as never).equals(frame)).toBe(true);
  });

  it.each(names)('%s: the newest version holds every field', (name) => {
    const [, last] = apis[name].versions;
    const request = decodeRequest(requestFrame(name, last, requests[name]).subarray(4));
    const inNoNewest = name === 'offsetCommit' ? ['commitTimestamp', 'retentionTimeMs'] : [];
    const comparable = (value: unknown) =>
      JSON.stringify(value, (key, one) => {
        if (inNoNewest.includes(key)) return undefined;
        return typeof one === 'bigint' ? String(one) : one;
      });
    expect(comparable('body' in request && request.body)).toBe(comparable(requests[name]));
  });

  // From the protocol guide, byte by byte: length, key 18, version 3, correlation 1, client 'kcat', no tags; 'x', '1', no tags.
  it('reads the flexible request of ApiVersions 3', () => {
    const frame = Buffer.from('0012000300000001' + '00046b636174' + '00' + '0278' + '0231' + '00', 'hex');
    expect(decodeRequest(frame)).toEqual({
      header: { apiKey: 18, apiVersion: 3, correlationId: 1, clientId: 'kcat' },
      api: 'apiVersions',
      body: { clientSoftwareName: 'x', clientSoftwareVersion: '1', tags: undefined },
    });
  });

  it.each([
    ['an API that there is not', requestFrame('heartbeat', 0, requests.heartbeat), 4, 99, 'Cannot answer API 99'],
    [
      'a version that is too new',
      requestFrame('fetch', 11, requests.fetch),
      6,
      12,
      'Cannot answer Fetch 12: this broker speaks 4 to 11',
    ],
  ])('refuses %s', (_, frame, at, value, said) => {
    frame.writeInt16BE(value, at);
    expect(() => decodeRequest(frame.subarray(4))).toThrow(said);
  });

  it('refuses a frame that is longer than its request', () => {
    const frame = Buffer.concat([requestFrame('heartbeat', 0, requests.heartbeat), Buffer.alloc(2)]);
    expect(() => decodeRequest(frame.subarray(4))).toThrow('Expected the end of the frame, found 2 bytes more');
  });

  it.each(versions)('%s %i refuse every frame that is cut short', (name, version) => {
    const frame = requestFrame(name, version, requests[name]).subarray(4);
    for (let length = 0; length < frame.length; length++) {
      expect(() => decodeRequest(frame.subarray(0, length))).toThrow(MalformedFrame);
    }
  });

  it('stand 10,000 changed frames: each is read, or refused as malformed', () => {
    const next = uniform(8);
    const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
    let refused = 0;
    for (let count = 0; count < 10_000; count++) {
      const [name, version] = pick(versions);
      const frame = Buffer.from(requestFrame(name, version, requests[name]).subarray(4));
      for (let changes = 1 + Math.floor(next() * 4); changes > 0; changes--) {
        frame[Math.floor(next() * frame.length)] = pick([0, 1, 0x7f, 0x80, 0xff, Math.floor(next() * 256)]);
      }
      try {
        decodeRequest(frame);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedFrame);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1000);
    expect(refused).toBeLessThan(9000);
  });
});

describe('responses', () => {
  it.each(versions)('%s %i are the same after encoding and decoding', (name, version) => {
    const to = header(apis[name].key, version);
    const encode = (body: (typeof responses)[typeof name]) => Buffer.concat(encodeResponse(name, to, body) as Buffer[]);
    const frame = encode(responses[name]);
    expect(frame.readInt32BE()).toBe(frame.length - 4);
    const again = encode(responseBody(name, version, frame.subarray(4)));
    expect(again.equals(frame)).toBe(true);
  });

  it('are whole whatever their length: the buffer grows at every field', () => {
    const [topic] = responses.metadata.topics;
    for (let length = 200; length < 300; length++) {
      const topics = Array.from({ length: 40 }, (_, index) => ({ ...topic!, name: `t${index}`.padEnd(length, 'x') }));
      const body = { ...responses.metadata, topics };
      const frame = Buffer.concat(encodeResponse('metadata', header(3, 6), body) as Buffer[]);
      expect(responseBody('metadata', 6, frame.subarray(4))).toEqual(body);
    }
  });

  it('cannot have a string whose length does not fit before it', () => {
    const longest = (bytes: number) => encodeResponse('metadata', header(3, 6), named('x'.repeat(bytes)));
    const [topic] = responses.metadata.topics;
    const named = (name: string) => ({ ...responses.metadata, topics: [{ ...topic!, name }] });
    expect(longest(32_767)).toHaveLength(1);
    expect(() => longest(32_768)).toThrow('Cannot write a STRING of 32768 bytes');
  });

  it('leave a place for slices, and count their bytes', () => {
    const slice = { fd: -1, position: 10, bytes: 1000, behind: 0, path: 'a.log', release() {} };
    const [topic] = responses.fetch.topics;
    const [partition] = topic!.partitions;
    const partitions = [
      { ...partition!, records: [slice] },
      { ...partition!, index: 1, records: [slice, slice] },
    ];
    const parts = encodeResponse('fetch', header(1, 11), { ...responses.fetch, topics: [{ name: 'one', partitions }] });
    expect(parts.map((part) => (part === slice ? 'slice' : 'bytes'))).toEqual([
      'bytes',
      'slice',
      'bytes',
      'slice',
      'slice',
    ]);
    const [first, , second] = parts as [Buffer, unknown, Buffer];
    expect(first.readInt32BE()).toBe(first.length - 4 + second.length + 3000);
    expect(first.readInt32BE(first.length - 4)).toBe(1000);
    expect(second.readInt32BE(second.length - 4)).toBe(2000);
  });

  it('answer an ApiVersions request that is too new in version 0, with error 35 and all there is', () => {
    const request = decodeRequest(Buffer.from('001200040000000900046b636174' + '00ffffff', 'hex'));
    expect(request.api).toBe('unsupported');
    const frame = Buffer.concat(encodeUnsupported(request.header) as Buffer[]).subarray(4);
    const { errorCode, apiKeys } = responseBody('apiVersions', 0, frame, 9);
    expect(errorCode).toBe(errors.UNSUPPORTED_VERSION);
    expect(apiKeys.find(({ apiKey }) => apiKey === 18)).toMatchObject({ minVersion: 0, maxVersion: 3 });
    expect(apiKeys.map(({ apiKey }) => apiKey).toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 18, 19, 22,
    ]);
  });
});

describe('Api', () => {
  it('begins Produce at 0, as kcat compresses nothing otherwise, and speaks a range of each API but one', () => {
    expect(apis.produce.versions).toEqual([0, 7]);
    for (const { versions } of Object.values(apis) as Api<never, never>[])
      expect(versions[1]).toBeGreaterThan(versions[0]);
  });
});

describe('Reader', () => {
  it.each([
    [[0x00], 0],
    [[0x7f], 127],
    [[0x80, 0x01], 128],
    [[0xff, 0xff, 0xff, 0xff, 0x0f], 2 ** 32 - 1],
  ])('reads the UNSIGNED_VARINT %j as %i, and the Writer writes it', (bytes, value) => {
    expect(new Reader(Buffer.from(bytes)).unsignedVarint()).toBe(value);
    const writer = new Writer();
    writer.unsignedVarint(value);
    expect([...Buffer.concat(writer.frame() as Buffer[]).subarray(4)]).toEqual(bytes);
  });

  it.each([
    ['an endless UNSIGNED_VARINT', 'ffffffffff01', (reader: Reader) => reader.unsignedVarint(), 'more than 5 bytes'],
    [
      'an array of more elements than bytes',
      '00000005' + '0000',
      (reader: Reader) => array(int32).read(reader, 0),
      'Cannot read an array of 5 elements: 2 bytes are left',
    ],
    ['an array of a negative length', 'fffffffe', (reader: Reader) => array(int32).read(reader, 0), 'its length is -2'],
    [
      'an array that is null',
      'ffffffff',
      (reader: Reader) => array(int32).read(reader, 0),
      'Expected ARRAY, found null',
    ],
    ['a string that is null', 'ffff', (reader: Reader) => string.read(reader, 0), 'Expected STRING, found null'],
    ['a string of a negative length', 'fffe', (reader: Reader) => string.read(reader, 0), 'Cannot read -2 bytes at 2'],
    [
      'a compact string that is null',
      '00',
      (reader: Reader) => compactString.read(reader, 0),
      'Expected a COMPACT_STRING',
    ],
    ['tags without end', 'ffffffff0f', (reader: Reader) => tags.read(reader, 0), 'Cannot read an array of 4294967295'],
  ])('refuses %s', (_, hex, read, said) => {
    expect(() => read(new Reader(Buffer.from(hex, 'hex')))).toThrow(said);
  });

  it('refuses more elements than a request can mean', () => {
    const frame = Buffer.alloc(4 + 2 ** 18);
    frame.writeInt32BE(2 ** 17);
    expect(() => array(string).read(new Reader(frame), 0)).toThrow('more than 100000 elements');
  });

  it('passes over tagged fields', () => {
    const reader = new Reader(Buffer.from('02' + '0502aabb' + '0601cc' + '11', 'hex'));
    tags.read(reader, 0);
    expect(reader.int8()).toBe(0x11);
  });
});
