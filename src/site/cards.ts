/** Writes a card for every page that was built. Only a site with a public address has them: nobody else could load one. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { cardPath } from './card-path.ts';
import { type Card, drawCard } from './cards/card.ts';
import { pngOf } from './cards/png.ts';
import { type Element, findElement, hasClass, parseHtml, textIn } from './markdown/element.ts';

/** @param site public address */
export function cards(site: string | undefined): AstroIntegration {
  return {
    name: 'zc-cards',
    hooks: {
      'astro:build:done': ({ dir, logger }) => {
        if (!site) return;
        const out = fileURLToPath(dir);
        const pages = globSync('**/index.html', { cwd: out }).sort();
        for (const file of pages) {
          const path = `/${file.replace(/index\.html$/, '')}`;
          const target = join(out, cardPath(path));
          mkdirSync(dirname(target), { recursive: true });
          writeFileSync(target, pngOf(drawCard(cardOf(readFileSync(join(out, file), 'utf8'), path))));
        }
        logger.info(`${pages.length} cards`);
      },
    },
  };
}

/** Stands at the foot of every card, and so need not stand at its head. */
const SITE = 'Zero Copy, Measured';

/** What a built page says of itself: its group, its title, and of a claim both verdicts. @throws {Error} without a title */
export function cardOf(html: string, path: string): Card {
  const main = findElement(parseHtml(html), ({ name }) => name === 'main');
  const title = main && findElement(main, ({ name }) => name === 'h1');
  if (!main || !title) throw new Error(`Cannot draw the card of '${path}': expected <h1> in <main>, found none`);
  const kicker = words(findElement(main, (element) => hasClass(element, 'zc-kicker')));
  const terms = findElement(main, (element) => element.name === 'dl' && hasClass(element, 'zc-terms'));
  const verdicts = path.startsWith('/verdicts/') && terms ? terms.children.flatMap(verdictOf) : [];
  return { kicker: kicker === SITE ? '' : kicker, title: words(title), verdicts };
}

function verdictOf(term: Element | string): Card['verdicts'] {
  if (typeof term === 'string') return [];
  const label = words(findElement(term, ({ name }) => name === 'dt'));
  const said = words(findElement(term, ({ name }) => name === 'strong')).replace(/\.$/, '');
  return said ? [{ label, words: said }] : [];
}

function words(element: Element | undefined): string {
  return element ? textIn(element).replace(/\s+/g, ' ').trim() : '';
}
