/** What GitHub runs must be there to be run, and may do no more than it has to. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { namedTiers } from '../runner/tiers.ts';

const scripts: string[] = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
const files = globSync('.github/workflows/*.yml').sort();

/** One sentence a problem. */
function problems(text: string): string[] {
  const lines = text.split('\n');
  const runs = lines.flatMap((line) => line.match(/^\s*- run: (.+)$/)?.[1] ?? []);
  const called = runs.flatMap((run) => run.match(/npm run ([\w:-]+)/)?.[1] ?? []);
  const tiers = runs.flatMap((run) => run.match(/--tier (\w+)/)?.[1] ?? []);
  const actions = lines.flatMap((line) => line.match(/uses: (\S+)/)?.[1] ?? []);
  return [
    ...called.filter((script) => !scripts.includes(script)).map((script) => `there is no script '${script}'`),
    ...tiers.filter((tier) => !['base', ...namedTiers].includes(tier)).map((tier) => `there is no tier '${tier}'`),
    ...actions
      .filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))
      .map((action) => `${action} is not GitHub's own`),
    ...(lines.includes('permissions:') && lines.includes('  contents: read') ? [] : ['may do more than read']),
    ...(/pull_request_target|secrets\./.test(text) ? ['gives a stranger more than the files'] : []),
    ...runs
      .filter((run) => /\$\{\{\s*github\.(event|head_ref)/.test(run))
      .map((run) => `a stranger's words reach the shell: ${run}`),
  ];
}

describe('workflows', () => {
  it.each(files)('%s', (file) => expect(problems(readFileSync(file, 'utf8'))).toEqual([]));

  it('deploy what was built and tested on Node LTS, and check contributed results', () => {
    expect(files.map((file) => file.replace(/^.*\//, ''))).toEqual(['deploy.yml', 'results.yml']);
    const [deploy = '', results = ''] = files.map((file) => readFileSync(file, 'utf8'));
    expect(deploy).toMatch(/node-version: lts\/\*[\s\S]*npm test[\s\S]*npm run build[\s\S]*deploy-pages/);
    expect(deploy.match(/SITE_\w+/g)).toEqual(['SITE_URL', 'SITE_BASE', 'SITE_REPO']);
    expect(results).toMatch(/paths:\s+- labs\/results\/\*\*[\s\S]*npm run results/);
  });

  it('the check can fail', () => {
    const bad = `permissions: write-all
jobs:
      - run: npm run nothing
      - run: npm test -- --tier none
      - run: echo \${{ github.event.pull_request.title }} \${{ secrets.TOKEN }}
      - uses: somebody/else@main`;
    expect(problems(bad)).toHaveLength(6);
  });
});
