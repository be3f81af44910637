import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshCopy } from './clone.ts';

describe('freshCopy()', () => {
  it.each(['clone', 'zip'] as const)('makes a %s of what is committed, and takes it away', (how) => {
    let root = '';
    {
      using copy = freshCopy('a copy', how);
      root = copy.root;
      const { status, stdout, stderr } = copy.run('ls package.json; ls -d .git node_modules; echo said >&2');
      expect(status).toBe(0);
      expect(stdout).toBe(how === 'clone' ? 'package.json\n.git\n' : 'package.json\n');
      expect(stderr).toMatch(/said\n$/);
    }
    expect(existsSync(dirname(root))).toBe(false);
  });
});
