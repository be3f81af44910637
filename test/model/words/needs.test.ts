import { describe, expect, test } from 'vitest';
import { type NeedCode, needText } from '#model/words/needs.ts';

const cases: Record<NeedCode, [args: Record<string, string | number>, says: string]> = {
  'not-linux': [{ platform: 'darwin' }, 'this is macOS'],
  'no-symbol': [{ call: 'cachestat' }, 'has no cachestat'],
  'no-kernel-feature': [{ call: 'splice', errno: 'EOPNOTSUPP' }, 'this kernel has no splice (EOPNOTSUPP)'],
  refused: [{ call: 'io_uring_setup' }, 'io_uring_setup is not permitted (EPERM)'],
  'unsupported-file-system': [{ call: 'O_DIRECT', fileSystem: 'tmpfs' }, 'O_DIRECT is refused on tmpfs (EINVAL)'],
  'msg-zerocopy-unix': [{}, 'AF_UNIX sockets refuse MSG_ZEROCOPY'],
  'no-cachestat': [{}, 'no cachestat'],
  'cannot-evict': [{ fileSystem: 'tmpfs' }, 'pages of tmpfs cannot be dropped'],
  'no-strace': [{}, 'strace is not installed'],
  'no-ptrace': [{}, 'ptrace is not permitted'],
  'no-attach': [{ pid: 42 }, 'process 42 may not be traced'],
  'traced-already': [{ pid: 42, by: 43 }, 'traced by process 43 already'],
  'no-site-tools': [{}, 'tools that build the site'],
};

describe('needText()', () => {
  test.each(Object.entries(cases))('%s says what it was given', (why, [args, says]) => {
    expect(needText({ why, args }).why).toContain(says);
  });

  test.each(Object.keys(cases))('%s reads as a clause without arguments', (why) => {
    const text = needText({ why, args: {} });
    expect(text.why).not.toMatch(/undefined|\.$/);
    expect(text.remedy ?? 'None.').toMatch(/^[A-Z].*\.$/);
  });

  test('names a code that it does not know', () => {
    expect(needText({ why: 'no-moon', args: {} }).why).toContain("'no-moon'");
  });
});
