/** File of a page's card below the site's root: `cards/sendfile.png` for `/sendfile/`, `cards/index.png` for the home page. */
export function cardPath(path: string): string {
  return `cards/${path.replace(/^\/|\/$/g, '') || 'index'}.png`;
}
