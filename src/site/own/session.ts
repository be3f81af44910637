/** The reader's own results on one page: takes files, shows them in their places, and forgets them. Loaded at the first file. */
import type { CatalogueEntry } from '#model/catalogue.ts';
import { type DocumentSchemas, RefusedFile, readDropped, refuseSize } from '#model/dropped-file.ts';
import type { InspectDocument } from '#model/inspect-document.ts';
import type { LabResult } from '#model/result.ts';
import type { Markup } from '../markup.ts';
import type { Ask, LabAsk } from './ask.ts';
import { forget, keep, recall } from './kept.ts';
import { loadNeeds } from './needs.ts';
import { dropToken, hasToken, servedFiles } from './served.ts';
import type { Own, Part, Shown } from './shown.ts';
import type { Verdicts } from './verdict.ts';

/** A place of the page that asks. */
export interface Place {
  readonly ask: Ask;
  show(shown: Shown): void;
  clear(): void;
}

/** Parts of this that weigh much: loaded where the page, or what was given, asks for them. */
interface Parts {
  readonly verdicts: Verdicts | null;
  /** By what is asked. */
  readonly shown: ReadonlyMap<Ask['show'], Part>;
  program: typeof import('./program.ts') | null;
}

type Load = (asks: readonly LabAsk[], labs: readonly CatalogueEntry[]) => Promise<Part>;

const answer: Load = async (asks, labs) => (await import('./answer.ts')).openAnswers(asks, labs);
const sentence: Load = () => import('./sentence.ts');

const parts: Readonly<Record<LabAsk['show'], Load>> = {
  answer,
  said: answer,
  chart: () => import('./chart.ts'),
  machine: () => import('./machine.ts'),
  headline: sentence,
  number: sentence,
  conclusion: sentence,
  costs: () => import('./costs.ts'),
  counts: () => import('./counts.ts'),
  proof: () => import('./proof.ts'),
};

export class Session {
  readonly #schemas: DocumentSchemas;
  readonly #labs: readonly CatalogueEntry[];
  readonly #references: ReadonlyMap<string, LabResult>;
  readonly #parts: Parts;
  readonly #own = new Map<string, Own>();
  #program: InspectDocument | null = null;
  /** False as soon as the browser refused to keep a file. */
  kept = true;

  private constructor(
    schemas: DocumentSchemas,
    labs: readonly CatalogueEntry[],
    references: ReadonlyMap<string, LabResult>,
    parts: Parts,
  ) {
    this.#schemas = schemas;
    this.#labs = labs;
    this.#references = references;
    this.#parts = parts;
  }

  /** Fetches what this page asks for, so that a result can be dropped without a network later. */
  static async open(base: string, places: readonly Place[]): Promise<Session> {
    const get = async (path: string) => (await fetch(path)).json();
    const addresses = places.flatMap(({ ask }) => ('reference' in ask ? [ask.reference] : []));
    const asks = places.map(({ ask }) => ask);
    const claims = asks.filter((ask) => ask.show === 'verdict');
    const catalogue: Promise<{ labs: readonly CatalogueEntry[] }> = get(`${base}/catalogue.json`);
    const [verdicts, shown, result, inspect, { labs }, ...references] = await Promise.all([
      claims.length > 0 ? import('./verdict.ts').then(({ openVerdicts }) => openVerdicts(claims)) : null,
      catalogue.then((all) => loadParts(asks, all.labs)),
      get(`${base}/schema/result-1.json`),
      get(`${base}/schema/inspect-1.json`),
      catalogue,
      ...[...new Set(addresses)].map(async (address) => [address, await get(address)] as const),
    ]);
    return new Session({ result, inspect }, labs, new Map(references), { verdicts, shown, program: null });
  }

  /** What was given before, here or to `./zc serve`. What cannot be read any more is left out. */
  async recall(): Promise<void> {
    const served = hasToken() ? await servedFiles() : [];
    for (const { text } of [...served, ...(await recall())]) {
      try {
        await this.#accept(text);
      } catch (error) {
        if (!(error instanceof RefusedFile)) throw error;
      }
    }
  }

  /** Takes one file. @throws {RefusedFile} and has changed nothing */
  async take(file: Blob): Promise<void> {
    refuseSize(file.size);
    const text = await file.text().catch(() => {
      throw new RefusedFile('Cannot read the file: the browser may not open it; a folder is none');
    });
    const key = await this.#accept(text);
    this.kept = (await keep({ key, text })) && this.kept;
  }

  async forget(): Promise<void> {
    this.#own.clear();
    this.#program = null;
    dropToken();
    await forget();
  }

  /** What is shown, in the order of the labs. */
  get results(): readonly Own[] {
    return this.#labs.flatMap(({ id }) => this.#own.get(id) ?? []);
  }

  /** What was seen of a program, drawn. */
  get program(): Markup[] | null {
    return this.#program && (this.#parts.program?.drawProgram(this.#program) ?? null);
  }

  /** Fills the places that a result answers and empties the others. */
  render(places: readonly Place[]): void {
    const evidence = Object.fromEntries([...this.#own].map(([lab, { result }]) => [lab, result]));
    const labs = Object.fromEntries(this.#labs.map((lab) => [lab.id, lab]));
    const verdicts = this.#own.size > 0 ? this.#parts.verdicts : null;
    const answered = ({ ask }: Place) =>
      ask.show === 'verdict'
        ? attempt(() => verdicts && { own: verdicts.show(ask, evidence, labs) })
        : this.#answer(ask);
    for (const [place, shown] of places.map((place) => [place, answered(place)] as const)) {
      if (shown) place.show(shown);
      else place.clear();
    }
  }

  #answer(ask: LabAsk): Shown | null {
    const own = this.#own.get(ask.lab);
    if (!own) return null;
    const part = this.#parts.shown.get(ask.show);
    const reference = 'reference' in ask ? this.#references.get(ask.reference) : undefined;
    return attempt(() => part?.show(ask, own, reference) ?? null);
  }

  /** @returns under which key it is kept. @throws {RefusedFile} */
  async #accept(text: string): Promise<string> {
    const dropped = readDropped(text, this.#schemas, this.#labs);
    if (dropped.state === 'inspect') {
      this.#parts.program ??= await import('./program.ts');
      this.#program = dropped.document;
      return 'inspect';
    }
    const { result, entry } = dropped;
    await loadNeeds(result);
    this.#own.set(entry.id, { result, entry });
    return entry.id;
  }
}

/** Those that these ask for. */
async function loadParts(
  asks: readonly Ask[],
  labs: readonly CatalogueEntry[],
): Promise<ReadonlyMap<Ask['show'], Part>> {
  const ofLabs = asks.filter((ask) => ask.show !== 'verdict');
  const load = async ([show, same]: readonly [LabAsk['show'], readonly LabAsk[]]) => {
    return [show, await parts[show](same, labs)] as const;
  };
  return new Map(await Promise.all([...Map.groupBy(ofLabs, ({ show }) => show)].map(load)));
}

/** A result need not have what a place asks: other links, fewer variants. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
