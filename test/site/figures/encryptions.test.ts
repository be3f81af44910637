import { expect, test } from 'vitest';
import { encryptionRows, encryptionSentence } from '#site/figures/encryptions.ts';
import { tlsEntry, tlsResult } from '../../fixtures/tls-result.ts';

const rows = encryptionRows(tlsResult(), tlsEntry.variants);

test('encryptionRows() groups by who encrypts', () => {
  expect([...new Set(rows.map(({ by }) => by))]).toEqual(['nobody', 'program', 'kernel']);
  const sendfile = rows.find(({ title, by }) => title === 'sendfile' && by === 'kernel');
  expect(sendfile?.encryptions.encrypted).toBeCloseTo(1, 1);
  expect(sendfile?.copies.places).toMatchObject({ fileToUser: 0, userToKernel: 0 });
});

test('encryptionSentence() tells a row', () => {
  const sendfile = rows.find(({ title, by }) => title === 'sendfile' && by === 'kernel');
  expect(sendfile && encryptionSentence(sendfile)).toMatch(
    /^sendfile, encrypted by the kernel: copies of each byte none to the program, none from it, 1 to the receiver; in the kernel encrypted 1, decrypted 1; carried by /,
  );
});
