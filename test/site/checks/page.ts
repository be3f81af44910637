/** What every built page must keep. Each check returns what is wrong, in words, and nothing when all is well. */
import { elementsOf, inlineScriptsOf, tagsOf, textOf } from './html.ts';

/** One h1, and no level skipped on the way down. */
export function checkHeadings(html: string): string[] {
  const levels = tagsOf(html)
    .filter(({ name, end }) => /^h[1-6]$/.test(name) && !end)
    .map(({ name }) => Number(name[1]));
  // "On this page" in the margin is an h2 that stands before the h1.
  const main = levels.slice(levels.indexOf(1));
  const problems = levels.filter((level) => level === 1).length === 1 ? [] : ['not exactly one h1'];
  for (const [index, level] of main.slice(1).entries()) {
    if (level > main[index]! + 1) problems.push(`h${main[index]} is followed by h${level}`);
  }
  return problems;
}

/** Every figure has a title, a name for each drawing, and the same content in words and as a table. */
export function checkFigures(html: string): string[] {
  return elementsOf(html, 'figure')
    .filter((figure) => /^<figure[^>]*zc-figure/.test(figure))
    .flatMap((figure) => {
      const [start] = tagsOf(figure);
      const { id = '', 'aria-labelledby': label = '' } = start!.attributes;
      const problem = (what: string) => `figure '${id}' ${what}`;
      const title = figure.match(new RegExp(`<p[^>]*id="${label}"[^>]*>([\\s\\S]*?)</p>`))?.[1] ?? '';
      const twin = (kind: string) =>
        figure.match(new RegExp(`<details data-twin="${kind}"[^>]*>([\\s\\S]*?)</details>`))?.[1] ?? '';
      const words = textOf(twin('text').replace(/<summary[\s\S]*?<\/summary>/, ''));
      const drawings = tagsOf(figure).filter(({ name, end }) => name === 'svg' && !end);
      return [
        ...(id && label && textOf(title) ? [] : [problem('has no title')]),
        ...(words.length > 20 ? [] : [problem('has no text twin')]),
        ...(/<t[dh][\s>]/.test(twin('table')) ? [] : [problem('has no table twin')]),
        ...drawings
          .filter(({ attributes }) => !(attributes.role === 'img' && attributes['aria-label']))
          .map(() => problem('has a drawing without a name')),
      ];
    });
}

/** Nothing that is content waits for script. */
export function checkReadable(html: string): string[] {
  const main = html.match(/<main[\s\S]*<\/main>/)?.[0] ?? '';
  const tags = tagsOf(main);
  const waiting = tags.filter(
    ({ name, end }) => !end && ['astro-island', 'template', 'canvas', 'iframe'].includes(name),
  );
  const empty = (at: number) =>
    tags[at]?.text.trim() === '' && tags[at + 1]?.end && tags[at + 1]?.name === tags[at]?.name;
  const hidden = tags.filter(
    ({ name, attributes, end }, at) => !end && 'hidden' in attributes && !controls.has(name) && !empty(at),
  );
  return [
    ...(textOf(main).length > 200 ? [] : ['main holds hardly any text']),
    ...waiting.map(({ name }) => `<${name}> needs script`),
    ...hidden.map(({ name }) => `<${name}> is hidden until script shows it`),
  ];
}

/** What does something by a script has nothing to say without one; a place that script fills is empty before. */
const controls = new Set(['form', 'button', 'zc-own-results']);

/** No word runs into the code that follows it: a line break that a template lost. */
export function checkSpaces(html: string): string[] {
  return [...html.matchAll(/[a-z]+<code[ >][^<]*/g)].map(([found]) => `no space in '${found}'`);
}

const loads: Record<string, string> = {
  script: 'src',
  img: 'src',
  link: 'href',
  source: 'src',
  iframe: 'src',
  video: 'src',
  audio: 'src',
  use: 'href',
};

/** Nothing is loaded from elsewhere; links to elsewhere are no loads. */
export function checkThirdParty(html: string): string[] {
  return tagsOf(html)
    .filter(({ name, attributes }) => !(name === 'link' && /canonical|alternate/.test(attributes.rel ?? '')))
    .flatMap(({ name, attributes }) => [attributes[loads[name] ?? ''] ?? '', ...(attributes.srcset ?? '').split(',')])
    .map((address) => address.trim())
    .filter((address) => /^(https?:)?\/\//.test(address))
    .map((address) => `loads ${address}`);
}

/** Styles are files. Style attributes: the colours of code, and Starlight's depth of a table of contents. */
const allowedStyle = /^--([01](bg|fs|fw|td)?|ec\w+|depth|sl-icon-size):/;

export function checkInline(html: string, allowedScripts: readonly RegExp[]): string[] {
  const styles = tagsOf(html)
    .filter(({ name, end }) => name === 'style' && !end)
    .map(() => 'has a <style>');
  const attributes = tagsOf(html)
    .map((tag) => tag.attributes.style)
    .filter((style) => style !== undefined && !allowedStyle.test(style))
    .map((style) => `has style="${style}"`);
  const scripts = inlineScriptsOf(html)
    .filter((body) => body !== '' && !allowedScripts.some((pattern) => pattern.test(body)))
    .map((body) => `has an inline script: ${body.slice(0, 60)}`);
  return [...styles, ...attributes, ...scripts];
}

/** Every heading that has an address, and every figure, carries a link to itself: the reader can take it. */
export function checkAddresses(html: string): string[] {
  const main = html.match(/<main[\s\S]*<\/main>/)?.[0] ?? '';
  const tags = tagsOf(main).filter(({ end }) => !end);
  const first = tags.findIndex(({ name }) => name === 'h1');
  return tags.flatMap(({ name, attributes: { id, class: classes = '' } }, index) => {
    const heading = /^h[2-4]$/.test(name) && id !== undefined;
    if (index < first || !(heading || (name === 'figure' && /\bzc-figure\b/.test(classes)))) return [];
    const linked = tags.slice(index + 1, index + 5).some(({ attributes: { href } }) => href === `#${id}`);
    return linked ? [] : [`<${name} id="${id}"> has no link to itself`];
  });
}
