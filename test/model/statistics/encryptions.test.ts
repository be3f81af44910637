import { describe, expect, test } from 'vitest';
import type { CountSample } from '#model/count-sample.ts';
import { encryptionsPerByte } from '#model/statistics.ts';

const sample = (more: Partial<CountSample>): CountSample => ({
  round: 0,
  order: 0,
  payloadBytes: 1000,
  calls: null,
  ...more,
});

describe('encryptionsPerByte()', () => {
  test('is undefined where nobody counted encryption', () => {
    expect(encryptionsPerByte({ samples: [sample({})] })).toBeUndefined();
  });

  test('averages over the bytes of all samples', () => {
    const samples = [
      sample({ encryptedBytes: 1000, decryptedBytes: 0, records: 1 }),
      sample({ payloadBytes: 3000, encryptedBytes: 7000, decryptedBytes: 4000 }),
    ];
    expect(encryptionsPerByte({ samples })).toMatchObject({ encrypted: 2, decrypted: 1, records: 1 });
  });

  test.each([
    [{ calls: { pread: 4, write: 4 } }, { call: 'write', times: 4 }],
    [{ calls: { sendfile: 1 } }, { call: 'sendfile', times: 1 }],
    [
      { calls: { write: 4, sendfile: 2, sendmsg: 1 }, bytesByCall: { write: 700, sendfile: 1000, sendmsg: 2 } },
      { call: 'sendfile', times: 2 },
    ],
    [{ calls: null }, null],
    [{ calls: { pread: 4, mmap: 1 } }, null],
  ])('finds the call that carried the file in %j', (seen, carrier) => {
    expect(encryptionsPerByte({ samples: [sample({ encryptedBytes: 0, ...seen })] })?.carrier).toEqual(carrier);
  });
});
