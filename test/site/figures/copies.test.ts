import { describe, expect, test } from 'vitest';
import { groupTable, placeRows, placeSentence, sayCopies } from '#site/figures/copies.ts';
import { countEntry, countGroups, countResult } from '../../fixtures/results.ts';

const result = countResult();
const titles = countEntry.variants;

describe('sayCopies()', () => {
  test.each([
    ['read-write', {}, 'sender', '2'],
    ['read-write', {}, 'total', '3'],
    ['read-write', {}, 'kernelToReceiver', '1'],
    ['sendfile', {}, 'sender', 'none'],
    ['sendfile', {}, 'referenced', '1'],
    ['sendfile', { link: 'veth-no-gather' }, 'inKernel', '1'],
    ['sendfile', { receiver: 'discard' }, 'total', 'none'],
  ] as const)('%s %j %s: %s', (variant, asked, what, said) => {
    expect(sayCopies(result, variant, asked, what)).toBe(said);
  });

  test('never rounds a part of a copy away', () => {
    const more = countResult({ plant: { 'sendfile tcp': { inKernel: 64 * 1024 } } });
    expect(sayCopies(more, 'sendfile', {}, 'sender')).toBe('0.25');
  });

  test('refuses what was not counted, and names what was', () => {
    expect(() => sayCopies(result, 'sendfile', { link: 'veth' }, 'sender')).toThrow(
      /^Cannot say the copies of 'sendfile' over veth.*count-copies counted over loopback TCP.*AF_UNIX/,
    );
    expect(() => sayCopies(result, 'teleport', {}, 'sender')).toThrow("of 'teleport'");
  });
});

describe('placeRows()', () => {
  test('keeps the order of the lab, and only what is asked for', () => {
    const rows = placeRows(result, titles, { only: ['sendfile', 'read-write'] });
    expect(rows.map(({ title, copies }) => [title, copies.sender])).toEqual([
      ['read + write', 2],
      ['sendfile', 0],
    ]);
  });

  test('leaves out what was not counted over the link', () => {
    const cannotRun = [{ variant: 'msg-zerocopy', factors: countGroups[1]!, why: 'msg-zerocopy-unix', args: {} }];
    const rows = placeRows(countResult({ cannotRun }), titles, { link: 'unix' });
    expect(rows.map(({ title }) => title)).not.toContain(titles['msg-zerocopy']);
  });
});

test("placeSentence() says who copied where, and keeps the receiver's apart", () => {
  const [copying, , sending] = placeRows(result, titles);
  expect(placeSentence(copying!)).toBe(
    'read + write: 2 before the receiver reads (1.00 file to program, 1.00 program to kernel), 1 by the receiver.',
  );
  expect(placeSentence(sending!)).toBe(
    'sendfile: none before the receiver reads, 1 by the receiver; 1.00 by reference.',
  );
});

describe('groupTable()', () => {
  test('has a column for the plainest group and for each that differs in the named factor alone', () => {
    expect(groupTable(result, titles, ['link']).columns).toEqual([
      'loopback TCP',
      'AF_UNIX',
      'veth that cannot gather',
    ]);
    expect(groupTable(result, titles, ['receiver', 'fileSystem']).columns).toEqual([
      'loopback TCP',
      'loopback TCP, receiver discarding',
    ]);
  });

  test("keeps the sender's number and the receiver's apart in every cell", () => {
    const { rows } = groupTable(result, titles, ['link'], ['read-write']);
    expect(rows).toEqual([
      {
        title: 'read + write',
        cells: [
          { sender: '2.00', receiver: '1.00' },
          { sender: '2.00', receiver: '1.00' },
          { sender: '3.00', receiver: '1.00' },
        ],
      },
    ]);
  });

  test('says why a cell is empty', () => {
    const cannotRun = [{ variant: 'msg-zerocopy', factors: countGroups[1]!, why: 'msg-zerocopy-unix', args: {} }];
    const table = groupTable(countResult({ cannotRun }), titles, ['link'], ['msg-zerocopy']);
    expect(table.rows[0]!.cells.map((cell) => cell === null)).toEqual([false, true, false]);
    expect(table.cannot).toEqual([
      'Cannot run here: mmap + send(MSG_ZEROCOPY) over AF_UNIX: AF_UNIX sockets refuse MSG_ZEROCOPY (EOPNOTSUPP).',
    ]);
    expect(groupTable(countResult({ cannotRun }), titles, ['receiver']).cannot).toEqual([]);
  });

  test('names a file system only where it is another', () => {
    const groups = [countGroups[0]!, { ...countGroups[0]!, fileSystem: 'tmpfs' }];
    expect(groupTable(countResult({ groups }), titles, ['fileSystem']).columns).toEqual([
      'loopback TCP',
      'loopback TCP, from tmpfs',
    ]);
  });
});
