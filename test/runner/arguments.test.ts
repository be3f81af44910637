import { describe, expect, it } from 'vitest';
import { readArguments, UsageError } from './arguments.ts';

const files = ['test/model/words.test.ts', 'test/proof/calls.trace.test.ts', 'test/site/look.browser.test.ts'];

describe('readArguments()', () => {
  it('takes every tier that has test files when nothing is named', () => {
    expect(readArguments([], files)).toEqual({ tiers: ['base', 'trace', 'browser'], files: [], explicit: false });
  });

  it('narrows to the tiers that are named', () => {
    expect(readArguments(['--tier', 'base', '--tier=trace'], files)).toEqual({
      tiers: ['base', 'trace'],
      files: [],
      explicit: true,
    });
  });

  it('narrows to the files that have the name, and to their tiers', () => {
    expect(readArguments(['calls', './test/model'], files)).toEqual({
      tiers: ['base', 'trace'],
      files: ['test/proof/calls.trace.test.ts', 'test/model/words.test.ts'],
      explicit: true,
    });
  });

  it.each([
    [['--tier', 'bas'], "There is no tier 'bas': there are base, alone, site, trace, browser, guest, systems, install"],
    [['nothing'], "No test file has 'nothing' in its name: they lie under test/"],
    [['--tier', 'base', 'calls'], "No test file has 'calls' in its name: they lie under test/"],
    [['--teir', 'base'], "Unknown option '--teir': npm test takes --tier NAME and names of test files"],
  ])('refuses %j', (args, message) => {
    expect(() => readArguments(args, files)).toThrow(new UsageError(message));
  });
});
