/** The HTML that Astro wrote, as a tree: well-formed, with every end tag that HTML asks for. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

// biome-ignore format: as many as fit in a line
const VOID = new Set([
  'area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr',
]);

/** @returns an element without a name around everything; scripts and styles are left out */
export function parseHtml(html: string): Element {
  const bare = html.replace(/<!--[\s\S]*?-->|<!doctype[^>]*>|<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi, '');
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  const last = () => open[open.length - 1] ?? root;
  for (const [, end, name = '', inside = '', text] of bare.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|([^<]+)/g,
  )) {
    if (text !== undefined) last().children.push(decode(text));
    else if (end) closeTo(open, name.toLowerCase());
    else {
      const element = { name: name.toLowerCase(), attributes: attributesOf(inside), children: [] };
      last().children.push(element);
      if (!VOID.has(element.name) && !inside.endsWith('/')) open.push(element);
    }
  }
  return root;
}

/** Ends the innermost open element of a name, and those inside it. */
function closeTo(open: Element[], name: string): void {
  const at = open.findLastIndex((element) => element.name === name);
  if (at > 0) open.length = at;
}

function attributesOf(inside: string): Record<string, string> {
  const found = inside.matchAll(/([\w:@.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>/]+)))?/g);
  return Object.fromEntries(
    [...found].map(([, name = '', a, b, c]) => [name.toLowerCase(), decode(a ?? b ?? c ?? '')]),
  );
}

const NAMED: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', amp: '&', nbsp: ' ', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return number ? String.fromCodePoint(Number(number)) : (NAMED[name] ?? whole);
  });
}

/** The first element for which `wanted` is true, in the order of the text. */
export function findElement(from: Element, wanted: (element: Element) => boolean): Element | undefined {
  if (wanted(from)) return from;
  for (const child of from.children) {
    const found = typeof child === 'string' ? undefined : findElement(child, wanted);
    if (found) return found;
  }
  return undefined;
}

/** All text inside, as it stands. */
export function textIn(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
}

export function hasClass({ attributes }: Element, name: string): boolean {
  return (attributes.class ?? '').split(/\s+/).includes(name);
}
