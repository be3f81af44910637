/**
 * Puts the site's base path before root-relative links and images of pages: Starlight does that for its own links, but
 * not for `[text](/sendfile/)` in Markdown or `<a href>` in MDX.
 */
export function baseLinks(base: string) {
  const jsx = (node: JsxNode, context: Context) => {
    for (const attribute of node.attributes) {
      if (attribute.type !== 'mdxJsxAttribute' || !isLink(attribute.name)) continue;
      const fixed = withBase(base, attribute.value);
      // By its own name: setting `attributes` would add an attribute that is called so.
      if (fixed !== undefined) context.setProperty(node, attribute.name, fixed);
    }
  };
  return {
    name: 'zc-base-links',
    element: {
      filter: ['a', 'img'],
      visit(node: HastElement, context: Context) {
        for (const name of ['href', 'src']) {
          const fixed = withBase(base, node.properties?.[name]);
          if (fixed !== undefined) context.setProperty(node, name, fixed);
        }
      },
    },
    mdxJsxTextElement: { filter: ['a', 'img'], visit: jsx },
    mdxJsxFlowElement: { filter: ['a', 'img'], visit: jsx },
  };
}

/** The link under the base path, or undefined when it needs no change. */
export function withBase(base: string, link: unknown): string | undefined {
  const prefix = base.replace(/\/$/, '');
  if (!prefix || typeof link !== 'string' || !link.startsWith('/') || link.startsWith('//')) return undefined;
  if (link === prefix || link.startsWith(`${prefix}/`)) return undefined;
  return prefix + link;
}

const isLink = (name: string) => name === 'href' || name === 'src';

interface HastElement {
  properties?: Record<string, unknown>;
}
interface JsxNode {
  attributes: { type: string; name: string; value?: unknown }[];
}
interface Context {
  setProperty(node: object, name: string, value: string): void;
}
