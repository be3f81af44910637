/** Predicates by name, a file at a time: a page loads those that its claims need, and the texts of no claim. */
import type { Predicate } from '#model/claims/claim.ts';

type File = Readonly<Record<string, unknown>>;

/** By path from the folder. What predicates are made of is no predicate. */
const files = import.meta.glob<File>(['./*.ts', '!./{extras,look-up,ratio,rounds}.ts'], {
  base: '../../model/claims/judge',
});

/** Those of the named files: `kafka.tlsWithoutSendfile` is `tlsWithoutSendfile` of judge/kafka.ts. @throws {RangeError} */
export async function loadJudges(names: readonly string[]): Promise<ReadonlyMap<string, Predicate>> {
  const wanted = [...new Set(names)];
  return new Map(await Promise.all(wanted.map(async (name) => [name, await loadJudge(name)] as const)));
}

async function loadJudge(name: string): Promise<Predicate> {
  const [file = '', own = ''] = name.split('.');
  const judge = (await files[`./${file}.ts`]?.())?.[own];
  if (typeof judge !== 'function') throw new RangeError(`Expected the name of a predicate, found '${name}'`);
  return judge as Predicate;
}

/** The name of every predicate. For building pages: it loads all files. */
export async function judgeNames(): Promise<ReadonlyMap<unknown, string>> {
  const all = Object.entries(files).map(async ([path, load]) => {
    const file = path.slice(path.lastIndexOf('/') + 1, -'.ts'.length);
    return Object.entries(await load()).map(([name, value]) => [value, `${file}.${name}`] as const);
  });
  return new Map((await Promise.all(all)).flat());
}
