/**
 * A drawing as a tree, of which Astro makes HTML and a page that recomputes it makes nodes: one description for both. Text
 * stays text either way.
 */
export interface Markup {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Markup | string)[];
}

/** What may stand among children: nothing is left out. */
export type Child = Markup | string | null | undefined | false | readonly Child[];

/** An element. An attribute that is undefined or false is left out; one that is true has no value. */
export function el(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...children: readonly Child[]
): Markup {
  const kept = Object.entries(attributes).flatMap(([key, value]): [string, string | number][] =>
    value === undefined || value === false ? [] : [[key, value === true ? '' : value]],
  );
  return { name, attributes: Object.fromEntries(kept), children: flat(children) };
}

function flat(children: readonly Child[]): (Markup | string)[] {
  return children.flatMap((child): (Markup | string)[] => {
    if (child === null || child === undefined || child === false) return [];
    return Array.isArray(child) ? flat(child) : [child as Markup | string];
  });
}

/** The tree as HTML. */
export function htmlOf(markup: Markup | string | readonly (Markup | string)[]): string {
  if (typeof markup === 'string') return escaped(markup);
  if (Array.isArray(markup)) return markup.map(htmlOf).join('');
  const { name, attributes, children } = markup as Markup;
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${written.join('')}>${children.map(htmlOf).join('')}</${name}>`;
}

/** The tree as nodes of a page. */
export function nodesOf(markup: readonly (Markup | string)[], page: Document = document): Node[] {
  return markup.map((one) => nodeOf(one, page, false));
}

const SVG = 'http://www.w3.org/2000/svg';

function nodeOf(markup: Markup | string, page: Document, drawn: boolean): Node {
  if (typeof markup === 'string') return page.createTextNode(markup);
  const inside = drawn || markup.name === 'svg';
  const element = inside ? page.createElementNS(SVG, markup.name) : page.createElement(markup.name);
  for (const [name, value] of Object.entries(markup.attributes)) element.setAttribute(name, String(value));
  element.append(...markup.children.map((child) => nodeOf(child, page, inside)));
  return element;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
