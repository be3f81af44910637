import { describe, expect, it } from 'vitest';
import { brokenLinks } from './links.ts';
import { temporaryTree } from './temporary-tree.ts';
import { projectFiles, strayAtTop, testsWithoutSubject, tooLong, traces } from './tree.ts';

const root = process.cwd();
const files = projectFiles(root);

describe('the project', () => {
  it('has its files found, and not those that git ignores', () => {
    expect(files).toEqual(expect.arrayContaining(['zc', '.npmrc', '.ci/run', 'src/model/paths/path.ts']));
    expect(files.filter((file) => /(^|\/)(node_modules|dist|\.git|\.astro)\//.test(file))).toEqual([]);
  });

  it('holds only its folders, configuration and prose at the top', () => {
    expect(strayAtTop(files)).toEqual([]);
  });

  it('names every test after what it tests', () => {
    expect(testsWithoutSubject(files)).toEqual([]);
  });

  it('keeps its source files short', () => {
    expect(tooLong(root, files)).toEqual([]);
  });

  it('holds no path of a machine and no registry', () => {
    expect(traces(root, files)).toEqual([]);
  });

  it('has no broken link in its prose', () => {
    expect(brokenLinks(root, files)).toEqual([]);
  });
});

describe('projectFiles()', () => {
  it('leaves out what .gitignore names', () => {
    using tree = temporaryTree({
      '.gitignore': 'node_modules/\n*.log\n',
      'a.ts': '',
      'b/c.log': '',
      'b/node_modules/d.ts': '',
      '.git/config': '',
      '.ci/run': '',
    });
    expect(projectFiles(tree.root)).toEqual(['.ci/run', '.gitignore', 'a.ts']);
  });
});

describe('strayAtTop()', () => {
  it('finds a folder and a file that do not belong there', () => {
    const stray = strayAtTop(['package.json', 'src/a.ts', 'scripts/b.ts', 'scripts/c.ts', 'notes.txt', '.npmrc']);
    expect(stray).toEqual([expect.stringMatching(/^scripts: /), expect.stringMatching(/^notes\.txt: /)]);
  });
});

describe('testsWithoutSubject()', () => {
  it.each([
    'src/model/a.ts test/model/a.test.ts',
    'src/model/a/b.ts test/model/a.test.ts',
    'src/site/A.astro test/site/A.test.ts',
    'src/proof/calls/a.ts test/proof/calls/a.trace.test.ts',
    'labs/shared-pages.ts test/labs/shared-pages.test.ts',
    'labs/kafka/lab.ts test/labs/kafka.test.ts',
    'test/site/links.site.test.ts',
    'test/site/checks/html.ts test/site/checks.test.ts',
    'test/runner/a.ts test/runner/a.test.ts',
    'test/run.ts test/run.test.ts',
  ])('accepts %s', (all) => {
    expect(testsWithoutSubject(all.split(' '), {})).toEqual([]);
  });

  it.each([
    ['src/model/b.ts test/model/a.test.ts', 'src/model/a'],
    ['src/model/a.ts test/machine/a.test.ts', 'src/machine/a'],
    ['labs/shared-pages.ts test/labs/shared.test.ts', 'labs/shared'],
    ['src/site/figures/a.ts test/site/a.test.ts', 'src/site/a'],
    ['src/model/a.ts test/a.test.ts', 'src/a'],
    ['src/proof/a.ts test/proof/b.trace.test.ts', 'src/proof/b'],
  ])('refuses %s', (all, subject) => {
    expect(testsWithoutSubject(all.split(' '), {})).toEqual([
      expect.stringContaining(`neither ${subject}.ts nor the folder ${subject} exists`),
    ]);
  });

  it('accepts a test of several modules that is listed, as long as it is there', () => {
    const several = { 'model/all': 'everything', 'model/gone': 'nothing' };
    expect(testsWithoutSubject(['test/model/all.test.ts'], several)).toEqual([
      'model/gone is no test any more: remove it from ofSeveral in test/house/tree.ts',
    ]);
  });
});

describe('tooLong()', () => {
  const lines = (count: number) => 'const a = 1;\n'.repeat(count);

  it('finds a source file of more than 200 lines', () => {
    using tree = temporaryTree({ 'src/a.ts': lines(200), 'src/b.ts': lines(201), 'test/c.ts': lines(300) });
    expect(tooLong(tree.root, ['src/a.ts', 'src/b.ts', 'test/c.ts'])).toEqual([
      'src/b.ts has 201 lines: split it, 200 are the most',
    ]);
  });

  it('accepts one with a reason, as long as it is needed', () => {
    using tree = temporaryTree({ 'src/a.ts': lines(1), 'src/b.ts': lines(201) });
    const allowed = { 'src/a.ts': 'was long', 'src/b.ts': 'one table' };
    expect(tooLong(tree.root, ['src/a.ts', 'src/b.ts'], allowed)).toEqual([
      expect.stringMatching(/^src\/a\.ts may be long/),
    ]);
  });
});

describe('traces()', () => {
  // Put together here, so that this file holds none itself.
  const home = ['', 'home', 'ada'].join('/');
  const npm = ['registry', 'npmjs', 'org'].join('.');

  it('finds paths of a machine and registries, with the line', () => {
    using tree = temporaryTree({
      'a.md': `fine\nsee ${home}/notes\n`,
      'b.json': `{ "url": "https://${npm}/zod" }`,
      'c.ts': "import './home/page.ts'; fetch('https://example.org/home/ada'); const cache = '~/home/x';",
      'd.md': 'in /var/lib/somebody/',
    });
    expect(traces(tree.root, ['a.md', 'b.json', 'c.ts', 'd.md'], '/var/lib/somebody')).toEqual([
      `a.md:2 holds a path of one machine: ${home}`,
      `b.json:1 names a package registry: ${npm}`,
      'd.md:1 holds a path of one machine: /var/lib/somebody/',
    ]);
  });

  it('finds the path of the clone itself', () => {
    using tree = temporaryTree({});
    using inside = temporaryTree({ 'a.md': `see ${tree.root}/src` });
    expect(traces(inside.root, ['a.md'], tree.root)).toEqual([expect.stringContaining(`${tree.root}/`)]);
  });
});

describe('brokenLinks()', () => {
  it('follows relative links to files and headings', () => {
    using tree = temporaryTree({
      'README.md':
        '# Two words: here\n[a](docs/a.md) [b](docs/a.md#the-end) [c](#two-words-here) [d](https://example.org) ![e](<e f.svg>)',
      'docs/a.md': '## The end\n[up](../README.md) `[no](link.md)`\n\n```md\n[no](link.md)\n```\n[site](/sendfile/)',
      'content/a.mdx': '<a href="../docs/a.md">a</a>',
      'e f.svg': '',
    });
    expect(brokenLinks(tree.root, ['README.md', 'docs/a.md', 'content/a.mdx'])).toEqual([]);
  });

  it.each([
    ['[a](b.md)', 'README.md links to b.md: there is no b.md'],
    ['![a](./img/b.svg "title")', 'there is no img/b.svg'],
    ['[a]: b.md', 'there is no b.md'],
    ['<img src="b.svg">', 'there is no b.svg'],
    ['[a](#nowhere)', 'README.md has no such heading'],
    ['[a](../b.md)', 'that is outside of the project'],
  ])('finds %s', (text, sentence) => {
    using tree = temporaryTree({ 'README.md': `# Title\n${text}\n` });
    expect(brokenLinks(tree.root, ['README.md'])).toEqual([expect.stringContaining(sentence)]);
  });
});
