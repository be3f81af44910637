/** How the scripts of the pages are cut into files. A page loads what it needs, in few files: many small ones compress badly. */

/** Modules of src that are loaded together or not at all. What is not here is cut by who imports it. */
export const together: Readonly<Record<string, readonly string[]>> = {
  numbers: [
    ...['quantities', 'units'].map((name) => `model/words/${name}`),
    ...['measure', 'percentile', 'quartiles', 'series'].map((name) => `model/statistics/${name}`),
  ],
  panel: [
    ...['panel', 'session', 'kept', 'shown', 'needs'].map((name) => `site/own/${name}`),
    ...['dropped-file', 'json-schema', 'result-version', 'contribution'].map((name) => `model/${name}`),
    ...['factors', 'capital'].map((name) => `model/words/${name}`),
    ...['compare', 'estimate', 'ratios', 'signed-rank'].map((name) => `model/statistics/${name}`),
    'site/figures/origin',
    'site/markup',
  ],
  verdict: [
    ...['verdict', 'judges'].map((name) => `site/own/${name}`),
    ...['verdict', 'judge/ratio', 'judge/look-up', 'judge/rounds'].map((name) => `model/claims/${name}`),
    ...['reasons', 'scales'].map((name) => `model/words/claims/${name}`),
    'site/figures/machine-verdict',
  ],
  said: [
    ...['chart', 'ratio-plot', 'scale', 'answer-table', 'inside-noise', 'answer'].map((name) => `site/figures/${name}`),
    ...['answers/answer', 'answers/facts', 'answers/ratio', 'conclusion', 'headline'].map(
      (name) => `model/words/${name}`,
    ),
  ],
  lines: [
    ...['plot', 'line-plot', 'growth', 'sweep'].map((name) => `site/figures/${name}`),
    ...['words/answers', 'statistics'].flatMap((folder) => [`model/${folder}/crossover`, `model/${folder}/growth`]),
  ],
};

const codeSplitting = {
  includeDependenciesRecursively: false,
  groups: Object.entries(together).map(([name, modules]) => ({
    name,
    test: new RegExp(`/src/(?:${modules.join('|')})\\.ts$`),
  })),
};

/** A plugin of Vite. */
export const clientCode = {
  name: 'zc-client-code',
  enforce: 'pre' as const,
  config: () => ({
    environments: {
      client: {
        build: {
          modulePreload: false as const,
          rolldownOptions: { preserveEntrySignatures: 'allow-extension' as const, output: { codeSplitting } },
        },
      },
    },
  }),
  /** Vite's helper for imports preloads what they import in turn: 0.9 kB on every page, for few and small files. */
  load: (id: string) =>
    id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load();' : null,
};
