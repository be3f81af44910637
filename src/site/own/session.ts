/** The reader's own results on one page: takes files, shows them in their places, and forgets them. Loaded at the first file. */
import type { CatalogueEntry } from '#model/catalogue.ts';
import { type DocumentSchemas, RefusedFile, readDropped, refuseSize } from '#model/dropped-file.ts';
import type { InspectDocument } from '#model/inspect-document.ts';
import type { LabResult } from '#model/result.ts';
import { answerText } from '#model/words/answers/index.ts';
import { USUAL_ANSWER } from '../figures/answer.ts';
import type { Markup } from '../markup.ts';
import type { Ask, ClaimAsk, LabAsk } from './ask.ts';
import { forget, keep, recall } from './kept.ts';
import { dropToken, hasToken, servedFiles } from './served.ts';
import { type Own, type Shown, show } from './show.ts';

/** A place of the page that asks. */
export interface Place {
  readonly ask: Ask;
  show(shown: Shown): void;
  clear(): void;
}

/** Parts of this that weigh much and that few need: loaded where the page, or what was given, asks for them. */
interface Parts {
  readonly verdicts: typeof import('./verdict.ts') | null;
  readonly costs: typeof import('./costs.ts') | null;
  readonly counts: typeof import('./counts.ts') | null;
  readonly proof: typeof import('./proof.ts') | null;
  program: typeof import('./program.ts') | null;
}

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
    const asks = (show: Ask['show']) => places.some(({ ask }) => ask.show === show);
    const [verdicts, costs, counts, proof, result, inspect, { labs }, ...references] = await Promise.all([
      asks('verdict') ? import('./verdict.ts') : null,
      asks('costs') ? import('./costs.ts') : null,
      asks('counts') ? import('./counts.ts') : null,
      asks('proof') ? import('./proof.ts') : null,
      get(`${base}/schema/result-1.json`),
      get(`${base}/schema/inspect-1.json`),
      get(`${base}/catalogue.json`),
      ...[...new Set(addresses)].map(async (address) => [address, await get(address)] as const),
    ]);
    return new Session({ result, inspect }, labs, new Map(references), {
      verdicts,
      costs,
      counts,
      proof,
      program: null,
    });
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
    const titles = Object.fromEntries(this.#labs.map(({ id, variants }) => [id, variants]));
    const verdicts = this.#own.size > 0 ? this.#parts.verdicts : null;
    const answered = ({ ask }: Place) =>
      ask.show === 'verdict'
        ? attempt(() => verdicts && { own: verdicts.showVerdict(ask as ClaimAsk, evidence, titles) })
        : this.#answer(ask as LabAsk);
    for (const [place, shown] of places.map((place) => [place, answered(place)] as const)) {
      if (shown) place.show(shown);
      else place.clear();
    }
  }

  #answer(ask: LabAsk): Shown | null {
    const own = this.#own.get(ask.lab);
    if (!own) return null;
    const { costs, counts, proof } = this.#parts;
    return attempt((): Shown | null => {
      switch (ask.show) {
        case 'costs':
          return costs?.showCosts(own.result) ?? null;
        case 'counts':
          return counts && { own: counts.showCounts(own) };
        case 'proof':
          return proof && { own: proof.showProof(ask, own) };
        default:
          return show(ask, own, 'reference' in ask ? this.#references.get(ask.reference) : undefined);
      }
    });
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
    tryOut(result, entry);
    this.#own.set(entry.id, { result, entry });
    return entry.id;
  }
}

/** A document of the right shape can still be no whole run: what its lab says of it must be there to say. */
function tryOut(result: LabResult, entry: CatalogueEntry): void {
  try {
    answerText(result, entry, entry.answer ?? USUAL_ANSWER);
  } catch (cause) {
    throw new RefusedFile(`Cannot use the result of ${entry.id}: its series are no whole run`, { cause });
  }
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
