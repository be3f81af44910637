/** The calculator of a page: reads the form, says the outlook, and takes the reader's own costs as soon as they are there. */
import { type Load, outlook } from '#model/cluster.ts';
import type { SendingCost } from '#model/statistics/sending-cost.ts';
import { outlookTexts } from '#model/words/cluster.ts';
import { part } from './part.ts';

interface Costs {
  readonly copying: SendingCost;
  readonly sendfile: SendingCost;
  /** Whose costs: the machine and the day. */
  readonly name: string;
}

export function attachCalculator(root: HTMLElement): void {
  const form = part<HTMLFormElement>(root, 'form');
  const output = part(form, 'output');
  const own = part(root, '[data-own]');
  form.hidden = false;
  part(root, '.zc-examples').hidden = true;
  const say = () => {
    const costs = JSON.parse(
      own.querySelector<HTMLElement>('[data-costs]')?.dataset.costs ?? root.dataset.costs ?? '',
    ) as Costs;
    const load = loadOf(new FormData(form));
    const lines = load
      ? [...outlookTexts(load, outlook(load, costs)), `With what sending costs on ${costs.name}.`]
      : ['Each field takes a number above 0.'];
    output.replaceChildren(...lines.map((text) => Object.assign(document.createElement('p'), { textContent: text })));
  };
  form.addEventListener('input', say);
  form.addEventListener('submit', (event) => event.preventDefault());
  new MutationObserver(say).observe(own, { childList: true });
  say();
}

/** The load in the form; null where a field holds no number above 0. */
export function loadOf(form: Pick<FormData, 'get'>): Load | null {
  const number = (name: string) => Number(form.get(name) || Number.NaN);
  const [rate, answer, network, processors] = [
    number('rate'),
    number('answer'),
    number('network'),
    number('processors'),
  ];
  if (![rate, answer, network, processors].every((value) => Number.isFinite(value) && value > 0)) return null;
  return {
    bytesPerSecond: rate * 2 ** 20,
    answerBytes: answer * 1024,
    networkBytesPerSecond: (network * 1e9) / 8,
    processors,
  };
}
