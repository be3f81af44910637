/** The address of a page of this site, under whatever folder the site lives in. */
export function at(path: string): string {
  return import.meta.env.BASE_URL.replace(/\/$/, '') + path;
}
