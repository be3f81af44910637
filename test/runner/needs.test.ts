import { describe, expect, it } from 'vitest';
import { findChromium, findGuest, type Tried, tryStrace } from './needs.ts';

const always = (tried: Tried) => () => tried;

describe('tryStrace()', () => {
  it('says nothing when strace traced a program', () => {
    expect(tryStrace(always({ state: 'ran' }))).toBeNull();
  });

  it('names the package when strace is absent', () => {
    expect(tryStrace(always({ state: 'absent' }))).toEqual({
      why: 'strace is not installed',
      remedy: 'apt-get install -y strace would add it',
    });
  });

  it('says what strace said when it may not trace', () => {
    const said = 'strace: ptrace(PTRACE_TRACEME): Operation not permitted';
    const missing = tryStrace(always({ state: 'failed', said }));
    expect(missing?.why).toBe(`strace is installed and may not trace (${said})`);
    expect(missing?.remedy).toContain('--cap-add=SYS_PTRACE');
  });
});

describe('findChromium()', () => {
  it('takes the first name that starts', () => {
    expect(findChromium((name) => ({ state: name === 'google-chrome' ? 'ran' : 'absent' }))).toBeNull();
  });

  it('names the package when there is none', () => {
    expect(findChromium(always({ state: 'absent' }))).toEqual({
      why: 'Chromium is not installed',
      remedy: 'apt-get install -y chromium would add it',
    });
  });

  it('does not take a script that only names another package', () => {
    const stub = findChromium((name) =>
      name === 'chromium-browser' ? { state: 'failed', said: 'requires the chromium snap' } : { state: 'absent' },
    );
    expect(stub?.why).toBe('Chromium is installed and does not start (requires the chromium snap)');
  });
});

describe('findGuest()', () => {
  const ready = { emulator: '7.2.22', kernels: [{ choice: '6.12', release: '6.12.1' }], why: null, args: {} };

  it('says nothing when everything is there', () => {
    expect(findGuest(ready)).toBeNull();
  });

  it('gives the line that would fetch what is missing', () => {
    const missing = findGuest({
      ...ready,
      kernels: [],
      why: 'guest-not-fetched',
      args: { packages: 'a kernel', bytes: 2 ** 20 },
    });
    expect(missing?.why).toBe("the guest's parts are not here: a kernel (1 MiB to download)");
    expect(missing?.remedy).toContain('./zc guest fetch --guest-kernel 6.12 --yes');
  });

  it('names the package when there is no emulator', () => {
    expect(findGuest({ ...ready, emulator: null, why: 'guest-no-emulator' })?.remedy).toContain('qemu-system-x86');
  });
});
