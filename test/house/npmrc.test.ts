import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const settings = readFileSync('.npmrc', 'utf8').split('\n');

it.each([
  ['loglevel=error', "that the system's Node is old, which only runs npm"],
  ['update-notifier=false', 'that there is a newer npm'],
  ['fund=false', 'who asks for money'],
  ['audit=false', 'what an advisory server thinks'],
  ['omit-lockfile-registry-resolved=true', 'in the lock file, which registry was asked'],
])('.npmrc has %s: without it npm says %s', (setting) => {
  expect(settings).toContain(setting);
});
