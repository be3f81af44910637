import { describe, expect, it } from 'vitest';
import { findChromium, findGuest, findSystems, type Tried, tryStrace } from './needs.ts';

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
  const saying = (verdict: string) => () => `kernel               6.12\nguest (run --guest)  ${verdict}\n`;

  it('says nothing when everything is there', () => {
    expect(findGuest(saying('yes, QEMU 7.2.22 with Linux 6.12.1'))).toBeNull();
  });

  it('gives the reason, and the line that would fetch what is missing', () => {
    const parts = "the guest's parts are not here: a kernel (1.5 MiB to download)";
    expect(findGuest(saying(`no: ${parts}. Run ./zc guest fetch --yes: any user may.`))).toEqual({
      why: parts,
      remedy: 'Run ./zc guest fetch --yes: any user may',
    });
  });

  it('does not take silence for a yes', () => {
    expect(findGuest(() => '')?.why).toBe('./zc doctor does not say');
  });
});

describe('findSystems()', () => {
  const without =
    (absent: string, other: Tried) =>
    (program: string): Tried =>
      program === absent ? { state: 'absent' } : other;

  it('says nothing when kcat and Apache Kafka are there', () => {
    expect(findSystems(always({ state: 'ran' }))).toBeNull();
  });

  it('names the package when kcat is absent', () => {
    expect(findSystems(without('kcat', { state: 'ran' }))).toEqual({
      why: 'kcat is not installed',
      remedy: 'apt-get install -y kcat would add it',
    });
  });

  it('gives the reason why there is no Apache Kafka, and what would help', () => {
    const said = "no: neither Apache Kafka's jars nor Maven are here. Install Maven (apt install maven), or set it.";
    expect(findSystems((program) => (program === 'kcat' ? { state: 'ran' } : { state: 'failed', said }))).toEqual({
      why: "neither Apache Kafka's jars nor Maven are here",
      remedy: 'Install Maven (apt install maven), or set it',
    });
  });
});
