/** In what two machines and runs differ, as far as it can weigh in the numbers. */
import type { LabResult } from '../result.ts';

export interface Difference {
  /** Path of the setting: `kernel.release`. */
  readonly what: string;
  readonly a: string;
  readonly b: string;
}

/** What differs from minute to minute, and what a run is called, weighs in nothing. */
const silent = new Set(['environment.memory.availableBytes', 'environment.workFolder.freeBytes']);

/** Settings that are not the same, those of the environment first. A setting that one of them lacks is `none`. */
export function environmentDifferences(a: LabResult, b: LabResult): Difference[] {
  const [one, other] = [settingsOf(a), settingsOf(b)];
  const names = [...new Set([...one.keys(), ...other.keys()])].filter((name) => !silent.has(name));
  return names.flatMap((name) => {
    const [mine, theirs] = [one.get(name) ?? 'none', other.get(name) ?? 'none'];
    return mine === theirs ? [] : [{ what: name.replace(/^environment\./, ''), a: mine, b: theirs }];
  });
}

function settingsOf({ environment, parameters, kind }: LabResult): Map<string, string> {
  return new Map([...leavesOf('environment', environment), ...leavesOf('parameters', parameters), ['kind', kind]]);
}

/** Numbers and words by path; lists as one. */
function leavesOf(path: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) return [[path, value.join(' ')]];
  if (typeof value !== 'object' || value === null) return [[path, value === null ? 'none' : String(value)]];
  return Object.entries(value).flatMap(([name, each]) => leavesOf(`${path}.${name}`, each));
}
