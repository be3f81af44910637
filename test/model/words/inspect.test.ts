import { describe, expect, test } from 'vitest';
import type { Flow, Tally } from '#model/tally.ts';
import { inspectConclusion, refusalText, traceCost, unaccountedText } from '#model/words/inspect.ts';

const KiB64 = 65_536;

function tally(ways: Flow['ways'], memory = 0, read = 0): Tally {
  const bytes = ways.reduce((sum, way) => sum + way.bytes, 0);
  const flow: Flow = {
    file: '/srv/a',
    socket: 'a->b',
    kind: 'tcp',
    bytes,
    ways,
    bytesByCall: {},
    calls: {},
    shortCalls: 0,
    refusals: [],
  };
  return {
    flows: bytes > 0 ? [flow] : [],
    sockets: [{ socket: 'a->b', kind: 'tcp', bytes: bytes + memory, fromFiles: bytes, fromMemory: memory }],
    reads: [{ file: '/srv/secret', bytes: read, sent: 0 }],
    unaccounted: [],
    calls: {},
    processes: 1,
  };
}

describe('inspectConclusion()', () => {
  test.each<[string, Tally, RegExp]>([
    ['nothing was sent', tally([]), /^No bytes were seen going into a socket/],
    [
      'all by reference',
      tally([{ calls: ['sendfile'], moved: 'reference', bytes: 10 }]),
      /^All 10 bytes .*\(sendfile\)/,
    ],
    ['all copied', tally([{ calls: ['read', 'write'], moved: 'copy', bytes: 10 }]), /^None of .*\(read \+ write\)/],
    [
      'some of each',
      tally([
        { calls: ['sendfile'], moved: 'reference', bytes: 1 },
        { calls: ['read', 'write'], moved: 'copy', bytes: 3 },
      ]),
      /^25 % of the 4 bytes .* 3 bytes was copied by the CPU/,
    ],
    ['asked only', tally([{ calls: ['mmap', 'sendmsg'], moved: 'asked', bytes: 8 }]), /asked the kernel not to copy/],
    ['encrypted', tally([], KiB64, KiB64), /It read 64 KiB of \/srv\/secret, none of which went out as it was/],
    ['a little from memory', tally([], 10, KiB64), /all 10 bytes came from the program's memory\.$/],
  ])('says it where %s', (_, found, sentence) => {
    expect(inspectConclusion(found)).toMatch(sentence);
  });

  test('never says that what was only asked for was copied, or was not', () => {
    const text = inspectConclusion(tally([{ calls: ['mmap', 'sendmsg'], moved: 'asked', bytes: 8 }]));
    expect(text).not.toMatch(/copied all|went by page reference \(/);
  });
});

test('refusalText() is silent where nothing was refused', () => {
  expect(refusalText(tally([{ calls: ['sendfile'], moved: 'reference', bytes: 1 }]).flows)).toBeNull();
});

test('unaccountedText() says how much where it is known, and names a code that it does not know', () => {
  expect(unaccountedText({ code: 'vmsplice', args: {}, bytes: 2048 })).toMatch(/^2 KiB: memory/);
  expect(unaccountedText({ code: 'no-moon', args: {}, bytes: null })).toBe("'no-moon'");
});

test('traceCost() warns before a busy server is slowed down', () => {
  expect(traceCost(true, true)).toMatch(/Every system call of it .* Do not do this to a server that is busy\.$/);
  expect(traceCost(true, false)).toContain('every other nearly nothing');
  expect(traceCost(false, false)).not.toContain('nearly nothing');
});
