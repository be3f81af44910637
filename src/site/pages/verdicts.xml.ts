import type { APIRoute } from 'astro';
import { verdictHistorySchema } from '#model/verdict-history.ts';
import history from '../../../labs/verdict-history.json';
import { at } from '../address.ts';
import { feedText } from '../feed.ts';

/** Changed verdicts, newest first. Addresses are whole only where the site has one. */
export const GET: APIRoute = ({ site }) => {
  const toAddress = (path: string) => (site ? new URL(at(path), site).href : at(path));
  const text = feedText(verdictHistorySchema.parse(history).changes, toAddress);
  return new Response(text, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
};
