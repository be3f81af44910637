/// <reference types="vitest/config" />
import { getViteConfig } from 'astro/config';
import { configDefaults, defineConfig } from 'vitest/config';
import { namedTiers, tierFiles } from './test/runner/tiers.ts';

// One project a tier of `npm test` (test/runner/tiers.ts). Only test/site loads Astro's configuration: components need it.
const named = namedTiers.map(tierFiles);
const components = 'test/site/**/*.test.ts';

const common = {
  environment: 'node',
  pool: 'forks',
  // Tests start processes, and two run at a time; a limit is there to end what hangs, never to judge a speed.
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // expect.poll() waits for what other processes do: its own limit of a second judges a speed.
  expect: { poll: { timeout: 20_000 } },
} as const;

/** Tiers that need more than the common settings. */
const particular: Record<string, object> = {
  // When all others have ended: a neighbour would be found in what these time, and rightly.
  alone: { fileParallelism: false, sequence: { groupOrder: 1 } },
  // One build at a time: they share .astro, where Astro notes what content there is.
  site: { globalSetup: ['test/runner/built-site.ts'], hookTimeout: 300_000, fileParallelism: false },
  browser: { globalSetup: ['test/runner/built-site.ts'], hookTimeout: 300_000 },
  // Each test boots a machine in software; one at a time, because every one of them keeps two processors busy.
  guest: { testTimeout: 600_000, hookTimeout: 600_000, fileParallelism: false },
  // Apache Kafka's programs take seconds to start, and Maven may have to bring them first.
  systems: { testTimeout: 300_000, hookTimeout: 900_000, fileParallelism: false },
  install: { testTimeout: 900_000, hookTimeout: 900_000 },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'base',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...named, components],
        },
      },
      getViteConfig({
        test: {
          ...common,
          name: 'base-components',
          include: [components],
          exclude: [...configDefaults.exclude, ...named],
        },
      }),
      ...namedTiers.map((name) => ({ test: { ...common, ...particular[name], name, include: [tierFiles(name)] } })),
    ],
  },
});
