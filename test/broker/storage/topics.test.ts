import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StorageError } from '../../../src/broker/storage/errors.ts';
import { Storage } from '../../../src/broker/storage/topics.ts';
import { batch } from './batches.ts';

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'zc-topics-')), 'data');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const marker = () => join(folder, '.kafka_cleanshutdown');
const firstLog = (partition: string) => join(folder, partition, '00000000000000000000.log');

describe('Storage', () => {
  test('makes topics, and has them again when it is opened again', () => {
    {
      using storage = Storage.open(folder);
      expect(storage.topics()).toEqual([]);
      expect(storage.create('b', 1)).toEqual({ name: 'b', partitions: 1 });
      storage.create('a-1', 12);
      storage.log('a-1', 11)?.append(batch({ records: 4 }));
      expect([storage.log('a-1', 12), storage.log('c', 0)]).toEqual([undefined, undefined]);
    }
    using storage = Storage.open(folder);
    expect(storage.topics()).toEqual([
      { name: 'a-1', partitions: 12 },
      { name: 'b', partitions: 1 },
    ]);
    expect([storage.log('a-1', 11)?.endOffset, storage.log('a-1', 2)?.endOffset]).toEqual([4n, 0n]);
  });

  test.each<[string, number, string]>([
    ['a', 1, 'TOPIC_ALREADY_EXISTS 36'],
    ['__cluster_metadata', 1, 'TOPIC_ALREADY_EXISTS 36'],
    ['a/b', 1, 'INVALID_TOPIC_EXCEPTION 17'],
    ['b', 0, 'INVALID_PARTITIONS 37'],
    ['b', 1.5, 'INVALID_PARTITIONS 37'],
    ['b', 10_001, 'INVALID_PARTITIONS 37'],
  ])('does not make %s with %d partitions', (name, partitions, kafka) => {
    using storage = Storage.open(folder);
    storage.create('a', 1);
    let said = '';
    try {
      storage.create(name, partitions);
    } catch (error) {
      if (error instanceof StorageError) said = `${error.kafkaName} ${error.code}`;
    }
    expect(said).toBe(kafka);
    expect(storage.topics()).toEqual([{ name: 'a', partitions: 1 }]);
  });

  test('leaves nothing of a topic of which a partition cannot be made', () => {
    {
      using storage = Storage.open(folder);
      writeFileSync(join(folder, 'a-1'), 'in the way');
      expect(() => storage.create('a', 4)).toThrow(/Cannot open the log in '.*a-1': EEXIST/);
      expect([storage.topics(), storage.log('a', 3)]).toEqual([[], undefined]);
      expect(readdirSync(folder).toSorted()).toEqual(['.lock', 'a-1']);
      rmSync(join(folder, 'a-1'));
      storage.create('a', 2);
    }
    using storage = Storage.open(folder);
    expect(storage.topics()).toEqual([{ name: 'a', partitions: 2 }]);
  });

  test('has its folder for itself, and lets it go', () => {
    {
      using storage = Storage.open(folder);
      expect(storage.folder).toBe(folder);
      expect(() => Storage.open(folder)).toThrow(
        'another broker holds its lock, so end that one or name another folder',
      );
    }
    Storage.open(folder)[Symbol.dispose]();
  });

  test('says which folder it cannot use, and why', () => {
    writeFileSync(folder, 'a file');
    expect(() => Storage.open(folder)).toThrow(`Cannot use data folder '${folder}': EEXIST`);
    expect(() => Storage.open(join(folder, 'below'))).toThrow(`Cannot use data folder '${folder}/below': ENOTDIR`);
  });

  test('lets the folder go when it cannot be opened', () => {
    mkdirSync(join(folder, 'a-0', '00000000000000000000.log'), { recursive: true });
    expect(() => Storage.open(folder)).toThrow("Cannot open the log in '");
    rmSync(join(folder, 'a-0'), { recursive: true });
    Storage.open(folder)[Symbol.dispose]();
  });

  test('has whole topics also when it was killed while it made one', () => {
    mkdirSync(join(folder, 'a-2'), { recursive: true });
    using storage = Storage.open(folder);
    expect(storage.topics()).toEqual([{ name: 'a', partitions: 3 }]);
    expect(readdirSync(folder).filter((name) => name !== '.lock')).toEqual(['a-0', 'a-1', 'a-2']);
  });

  test('looks at no folder that is not a partition of a topic', () => {
    for (const name of ['__cluster_metadata-0', 'a-0.1f2e-delete', 'lost+found'])
      mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'meta.properties'), 'version=1\n');
    writeFileSync(join(folder, 'file-0'), '');
    using storage = Storage.open(folder);
    expect(storage.topics()).toEqual([]);
  });
});

describe('a clean stop', () => {
  test('is noted, and the note is gone as soon as the folder is open', () => {
    Storage.open(folder)[Symbol.dispose]();
    expect(JSON.parse(readFileSync(marker(), 'utf8'))).toEqual({ version: 0, brokerEpoch: -1 });
    using _ = Storage.open(folder);
    expect(existsSync(marker())).toBe(false);
  });

  test('saves the check of the last segment, which is made without it', () => {
    {
      using storage = Storage.open(folder);
      storage.create('a', 1);
      storage.log('a', 0)?.append(batch());
      storage.log('a', 0)?.append(batch());
    }
    const bytes = readFileSync(firstLog('a-0'));
    bytes[81 + 70]! ^= 1;
    writeFileSync(firstLog('a-0'), bytes);
    {
      using storage = Storage.open(folder);
      expect(storage.log('a', 0)?.endOffset).toBe(2n);
    }
    rmSync(marker());
    using storage = Storage.open(folder);
    expect(storage.log('a', 0)?.endOffset).toBe(1n);
  });

  test.each<[string, string, bigint]>([
    ['says that all is synced', '0\n1\na 0 9\n', 3n],
    ['says how far it is synced', '0\n1\na 0 1\n', 1n],
    ['does not know the partition', '0\n1\nb 0 9\n', 1n],
    ['is cut short', '0\n2\na 0 9\n', 1n],
    ['is empty', '', 1n],
  ])("is not there, and Apache Kafka's checkpoint %s", (_, checkpoint, end) => {
    {
      using storage = Storage.open(folder, { segmentBytes: 1024 });
      storage.create('a', 1);
      for (let count = 0; count < 3; count++) storage.log('a', 0)?.append(batch({ body: Buffer.alloc(900) }));
    }
    rmSync(marker());
    // Each batch has a segment of its own. The one in the middle is broken, which nobody sees who trusts it.
    const file = join(folder, 'a-0', '00000000000000000001.log');
    const bytes = readFileSync(file);
    bytes[100]! ^= 1;
    writeFileSync(file, bytes);
    writeFileSync(join(folder, 'recovery-point-offset-checkpoint'), checkpoint);
    using storage = Storage.open(folder, { segmentBytes: 1024 });
    expect(storage.log('a', 0)?.endOffset).toBe(end);
    expect(existsSync(join(folder, 'recovery-point-offset-checkpoint'))).toBe(false);
  });
});
