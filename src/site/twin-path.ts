/** Pages that hold nothing but a search box. */
const WITHOUT = new Set(['/search/', '/404/']);

/** Whether a page has a Markdown twin. */
export function hasTwin(path: string): boolean {
  return !WITHOUT.has(path);
}

/** File of a page's twin below the site's root: `sendfile.md` for `/sendfile/`, `index.md` for the home page. */
export function twinPath(path: string): string {
  return `${path.replace(/^\/|\/$/g, '') || 'index'}.md`;
}
