import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf, violations } from './imports.ts';
import { temporaryTree } from './temporary-tree.ts';

const root = process.cwd();

describe('imports', () => {
  it('go in one direction', () => {
    expect(violations(root)).toEqual([]);
  });

  it('are really found', () => {
    const found = importsOf(root);
    expect(found).toContainEqual({ from: 'src/model/result.ts', to: 'zod', of: 'package', raw: false });
    expect(found).toContainEqual({
      from: 'src/measure/lab.ts',
      to: 'src/model/result.ts',
      of: 'file',
      raw: false,
    });
    expect(found.filter(({ from }) => from.endsWith('.astro')).length).toBeGreaterThan(0);
  });
});

describe('violations()', () => {
  const imports = JSON.parse(readFileSync('package.json', 'utf8')).imports;
  const found = (files: Record<string, string>) => {
    using tree = temporaryTree({ 'package.json': JSON.stringify({ imports }), ...files });
    return violations(tree.root);
  };

  it('lets every room use what lies below it', () => {
    expect(
      found({
        'src/model/a.ts': "import { z } from 'zod';",
        'src/machine/libc/load.ts': "import koffi from 'koffi';",
        'src/machine/a.ts': "import '#model/a.ts'; import { x } from '#libc'; import fs from 'node:fs';",
        'src/transfer/a.ts': "import '#machine/a.ts';",
        'src/measure/a.ts': "import '#transfer/a.ts';",
        'src/proof/a.ts': "import '../measure/a.ts';",
        'src/cli/a.ts': "import { z } from 'zod'; const x = await import('#proof/a.ts');",
        'src/site/A.astro':
          "---\nimport { x } from '#model/a.ts';\nimport text from '../../labs/a.ts?raw';\nimport all from '../../labs/catalogue.json';\n---\n<p>import 'koffi'</p>",
        'labs/a.ts': "import '#measure/a.ts'; import '#cli/a.ts';",
        'content/a.mdx': "import A from '#site/A.astro';\n\n```ts\nimport koffi from 'koffi';\n```\n",
      }),
    ).toEqual([]);
  });

  it.each<[Record<string, string>, string]>([
    [
      { 'src/model/a.ts': "import '#machine/b.ts';" },
      'src/model/a.ts imports src/machine/b.ts: model may import no other room',
    ],
    [{ 'src/machine/a.ts': "import type { B } from '#transfer/b.ts';" }, 'machine may import model'],
    [{ 'src/transfer/a.ts': "export * from '../measure/b.ts';" }, 'transfer may import model, machine'],
    [{ 'src/measure/a.ts': "await import('#proof/b.ts');" }, 'measure may import model, machine, transfer'],
    [{ 'src/proof/a.ts': "import '#cli/b.ts';" }, 'proof may import model, machine, transfer, measure'],
    [{ 'src/broker/a.ts': "import '#measure/b.ts';" }, 'broker may import model, machine, transfer'],
    [{ 'src/guest/a.ts': "import '#transfer/b.ts';" }, 'guest may import model, machine'],
    [{ 'src/learn/a.ts': "import '#cli/b.ts';" }, 'learn may import model, machine, transfer, measure, proof'],
    [
      { 'src/cli/a.ts': "import '#site/b.ts';" },
      'cli may import model, machine, transfer, measure, proof, broker, guest, learn',
    ],
    [{ 'src/site/a.ts': "import '#measure/b.ts';" }, 'site may import model'],
    [{ 'src/site/A.astro': "<p>x</p>\n<script>\n  import '#cli/b.ts';\n</script>" }, 'site may import model'],
    [{ 'labs/a.ts': "import '#site/b.ts';" }, 'labs may import'],
    [{ 'content/a.mdx': "import {\n  x,\n} from '#machine/b.ts';\n" }, 'content may import site'],
    [{ 'src/cli/a.ts': "import '../../labs/b.ts';" }, 'nothing in src imports labs, it is given a path'],
    [{ 'src/measure/a.ts': "await import('../../labs/b.ts');" }, 'nothing in src imports labs'],
    [{ 'src/kitchen/a.ts': "import '#model/b.ts';" }, "there is no import rule for the room 'kitchen'"],
    [{ 'src/machine/a.ts': "import koffi from 'koffi';" }, 'only src/machine/libc may'],
    [{ 'labs/a.ts': "import koffi from 'koffi';" }, 'only src/machine/libc may'],
    [{ 'src/site/a.ts': "import { z } from 'zod';" }, 'only src/model and src/cli may'],
    [{ 'src/model/a.ts': "import { readFile } from 'node:fs/promises';" }, 'model is pure and runs in a browser too'],
  ])('finds %j', (files, sentence) => {
    expect(found(files)).toEqual([expect.stringContaining(sentence)]);
  });

  it('finds native code that a page reaches through other files', () => {
    const all = found({
      'src/site/a.ts': "import '#model/b.ts';",
      'src/model/b.ts': "import './c.ts';",
      'src/model/c.ts': "await import('#libc');",
      'src/machine/libc/index.ts': "import './load.ts';",
      'src/machine/libc/load.ts': "import koffi from 'koffi';",
    });
    expect(all).toContain(
      'src/site/a.ts → src/model/b.ts → src/model/c.ts → src/machine/libc/index.ts → src/machine/libc/load.ts → koffi: a page must never load native code',
    );
  });
});
