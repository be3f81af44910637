import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';

/** Every lab with its variants and the shape of its answer: what a page needs to read a reader's own result. */
export const GET: APIRoute = async () => {
  const labs = (await getCollection('catalogue')).map(({ data }) => data);
  return new Response(JSON.stringify({ schemaVersion: 1, labs }), {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
};
