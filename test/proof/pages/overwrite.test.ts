import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Mapping, O_DIRECT, statfs, write } from '#libc';
import { zeroCopySend } from '#proof/pages/msg-zerocopy.ts';
import { type OverwriteCase, overwriteOnce } from '#proof/pages/overwrite.ts';
import { vectoredWrite } from '#proof/pages/writev.ts';
import type { Technique } from '#transfer/mover.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { techniques } from '#transfer/techniques.ts';

const BYTES = 65_536;
const folder = mkdtempSync(join(homedir(), '.zc-overwrite-'));
const path = join(folder, 'source');
writeFileSync(path, Buffer.alloc(BYTES));
afterAll(() => rmSync(folder, { recursive: true }));

function observe(technique: Technique, rest: Partial<OverwriteCase> = {}) {
  return overwriteOnce(path, BYTES, {
    technique,
    openFlags: 0,
    completes: false,
    link: 'tcp',
    control: 'none',
    congestion: 'reno',
    ...rest,
  });
}

const old = { oldBytes: BYTES, newBytes: 0, otherBytes: 0 };
const fresh = { oldBytes: 0, newBytes: BYTES, otherBytes: 0 };
const shares = new Set(['sendfile', 'splice']);

describe.each(['tcp', 'unix'] as const)('over %s', (link) => {
  test.each([...techniques, vectoredWrite])("$id hands over its own copy or the file's pages", (technique) => {
    const expected = shares.has(technique.id) ? fresh : old;
    expect(observe(technique, { link })).toMatchObject({ ...expected, sentBytes: BYTES, overwrittenBytes: BYTES });
  });

  test.each([...techniques, vectoredWrite])('$id delivers old bytes when the receiver reads first', (technique) => {
    const seen = observe(technique, { link, control: 'receiver-drains-first' });
    expect(seen).toMatchObject({ ...old, overwrittenBytes: BYTES });
  });

  test.each([...techniques, vectoredWrite])('$id delivers old bytes without the overwrite', (technique) => {
    expect(observe(technique, { link, control: 'no-overwrite' })).toMatchObject({ ...old, overwrittenBytes: 0 });
  });
});

test('MSG_ZEROCOPY over loopback TCP delivers old bytes, and the kernel says that it copied', () => {
  expect(observe(zeroCopySend, { completes: true })).toMatchObject({ ...old, kernelSaysCopied: true });
});

test('MSG_ZEROCOPY over AF_UNIX is an answer, not a crash', () => {
  expect(() => observe(zeroCopySend, { link: 'unix' })).toThrow(expect.objectContaining({ code: 'msg-zerocopy-unix' }));
});

test.runIf(statfs(homedir()).fileSystem === 'ext4')(
  "sendfile from O_DIRECT delivers old bytes: its pages are not the page cache's",
  () => {
    expect(observe(sendfile, { openFlags: O_DIRECT })).toMatchObject(old);
  },
);

test('bytes that are neither old nor new are counted as such', () => {
  const scribbler: Technique = {
    id: 'scribbler',
    open(_, sink) {
      const memory = Mapping.anonymous(BYTES);
      memory.view().fill('C');
      return {
        calls: {},
        step: (offset, count) => write(sink.fd, memory.address + offset, count),
        [Symbol.dispose]: () => memory[Symbol.dispose](),
      };
    },
  };
  expect(observe(scribbler)).toMatchObject({ oldBytes: 0, newBytes: 0, otherBytes: BYTES });
});
