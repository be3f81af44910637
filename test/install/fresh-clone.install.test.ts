/** The README's commands, from what is committed, with the npm of this machine and with the one Ubuntu 24.04 ships. */
import { describe, expect, it } from 'vitest';
import { proofResultSchema } from '#model/result.ts';
import { type Done, freshCopy } from './clone.ts';

/** npm's own summary is all that it may print: a warning would have to be acted on by every reader. */
function expectQuietInstall({ status, stdout, stderr }: Done): void {
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^\s*added \d+ packages/);
}

/** Both reports, the one about cost first; npm's banner stands before them. */
function expectBothReports({ status, stdout, stderr }: Done): void {
  expect({ status, stderr }).toEqual({ status: 0, stderr });
  const cost = stdout.indexOf("Node's stream");
  const proof = stdout.indexOf("the file's pages");
  expect(cost, stdout).toBeGreaterThan(0);
  expect(proof, stdout).toBeGreaterThan(cost);
}

function expectProof({ status, stdout, stderr }: Done): ReturnType<typeof proofResultSchema.parse> {
  expect({ status, stderr }).toEqual({ status: 0, stderr });
  return proofResultSchema.parse(JSON.parse(stdout));
}

describe('a fresh clone', () => {
  it("installs, starts and tests with this machine's npm, and leaves nothing behind", () => {
    using clone = freshCopy('clone');
    expectQuietInstall(clone.run('npm ci'));
    expectBothReports(clone.run('npm start -- --no-serve'));
    const tested = clone.run('npm test -- runner/summary model/words');
    expect(tested.stdout).toMatch(/\n\d+ passed, 0 failed\n$/);
    expect(tested.status).toBe(0);
    expect(clone.run('git status --porcelain').stdout).toBe('');
  });

  it('installs and starts with Node 18 and npm 9, in a folder with a space', () => {
    using clone = freshCopy('a clone');
    const old = (command: string) => clone.run(command, ['npx', '-y', '-p', 'node@18', '-p', 'npm@9', '--']);
    expect(old('node --version; npm --version').stdout).toMatch(/^v18\.[\d.]+\n9\.[\d.]+\n$/);
    expectQuietInstall(old('npm ci'));
    expectBothReports(old('npm start -- --no-serve'));
  });

  it('runs labs without the packages for development', () => {
    using clone = freshCopy('only labs');
    expectQuietInstall(clone.run('npm ci --omit=dev'));
    expect(expectProof(clone.run('./zc run shared-pages --json')).environment.commit).toMatch(/^[0-9a-f]{7,40}$/);
    const refused = clone.run('npm test');
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain("run 'npm ci' without --omit");
  });
});

describe('a ZIP without .git', () => {
  it('installs and runs labs', () => {
    using folder = freshCopy('zip', 'zip');
    expectQuietInstall(folder.run('npm ci --omit=dev'));
    expect(expectProof(folder.run('./zc run shared-pages --json')).environment.commit).toBeNull();
  });
});
