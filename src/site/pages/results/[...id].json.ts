import { getCollection } from 'astro:content';
import type { APIRoute, GetStaticPaths } from 'astro';

/** Every committed result under /results/<machine>/<lab>.json, byte for byte. */
export const getStaticPaths = (async () => {
  const results = await getCollection('results');
  return results.map(({ id, body = '' }) => ({ params: { id }, props: { body } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute = ({ props }) => {
  return new Response(props.body, { headers: { 'content-type': 'application/json; charset=utf-8' } });
};
