/** The panel of a page's own results: places filled and emptied, what is shown said, what is refused said. */
import { RefusedFile } from '#model/dropped-file.ts';
import { dayOf } from '../figures/origin.ts';
import { el, type Markup, nodesOf } from '../markup.ts';
import { part } from '../part.ts';
import type { Ask } from './ask.ts';
import { type Place, Session } from './session.ts';

/** Files that are taken at once. */
const MOST_FILES = 200;
/** Refusals that are told at once. */
const MOST_TOLD = 5;

export interface Panel {
  take(files: readonly File[]): Promise<void>;
}

/** @param kept name of the mark in localStorage that this browser keeps files */
export async function openPanel(root: HTMLElement, kept: string): Promise<Panel> {
  const base = root.dataset.base ?? '';
  const places = placesOf(document);
  const session = await Session.open(base, places);
  const forget = part<HTMLButtonElement>(root, 'button');

  const render = (refused: readonly string[]) => {
    session.render(places);
    const { results, program } = session;
    const any = results.length > 0 || program !== null;
    forget.hidden = !any;
    mark(kept, any && session.kept);
    part(root, '[role=status]').textContent = statusText(
      results.length,
      program !== null,
      refused.length,
      session.kept,
    );
    part(root, 'ul').replaceChildren(
      ...nodesOf([
        ...refused.slice(0, MOST_TOLD).map((text) => el('li', { class: 'zc-refused' }, text)),
        ...results.map(({ result }) => resultItem(result.lab, `${base}/labs/${result.lab}/`, originOf(result))),
      ]),
    );
    const drawing = part(root, '.zc-own-program');
    drawing.replaceChildren(...nodesOf(program ?? []));
  };

  forget.addEventListener('click', async () => {
    await session.forget();
    render([]);
    part(root, '[role=status]').textContent = 'Forgotten: this browser keeps nothing of them.';
    part(root, 'input').focus();
  });
  await session.recall();
  if (session.results.length > 0 || session.program) render([]);
  root.dataset.ready = '';
  return {
    take: async (files) => {
      const refused: string[] =
        files.length > MOST_FILES ? [`Only the first ${MOST_FILES} of ${files.length} files are looked at.`] : [];
      for (const file of files.slice(0, MOST_FILES)) {
        try {
          await session.take(file);
        } catch (error) {
          if (!(error instanceof RefusedFile)) throw error;
          refused.push(`${file.name.slice(0, 80)}: ${error.message}.`);
        }
      }
      render(refused);
    },
  };
}

/** Every place that asks. What is said of a machine is said once a lab, however many figures are drawn from its result. */
function placesOf(page: Document): Place[] {
  const elements = [...page.querySelectorAll<HTMLElement>('[data-own]')];
  const firsts = new Set<string>();
  const asking = elements.filter(({ dataset: { own = '' } }) => {
    if (!own.includes('"show":"machine"')) return true;
    return !firsts.has(own) && firsts.add(own);
  });
  return asking.map((element) => {
    const drawing = element.parentElement?.querySelector('[data-plot]');
    const before = [...(drawing?.childNodes ?? [])];
    return {
      ask: JSON.parse(element.dataset.own ?? '') as Ask,
      show: ({ own, reference }) => {
        element.replaceChildren(...nodesOf(own));
        element.hidden = false;
        drawing?.replaceChildren(...(reference ? nodesOf(reference) : before));
      },
      clear: () => {
        element.replaceChildren();
        element.hidden = true;
        drawing?.replaceChildren(...before);
      },
    };
  });
}

function resultItem(lab: string, address: string, origin: string): Markup {
  return el('li', {}, el('a', { href: address }, lab), `: ${origin}`);
}

function originOf(result: Parameters<typeof dayOf>[0] & { environment: { machine: string } }): string {
  return `${result.environment.machine}, ${dayOf(result)}`;
}

function statusText(results: number, program: boolean, refused: number, kept: boolean): string {
  const shown = [
    ...(results > 0 ? [`${results} ${results === 1 ? 'result' : 'results'}`] : []),
    ...(program ? ["your program's data path"] : []),
  ].join(' and ');
  const told = shown === '' ? [] : [`Shown beside ours: ${shown}.`];
  const not =
    refused === 0
      ? []
      : [
          `${refused} ${refused === 1 ? 'file was' : 'files were'} not taken, and nothing has changed by ${refused === 1 ? 'it' : 'them'}.`,
        ];
  const lost = kept || shown === '' ? [] : ['This browser keeps nothing: they are gone with this page.'];
  return [...told, ...not, ...lost].join(' ');
}

function mark(name: string, set: boolean): void {
  try {
    if (set) localStorage.setItem(name, '1');
    else localStorage.removeItem(name);
  } catch {
    // Where nothing may be kept, nothing has to be found again.
  }
}
