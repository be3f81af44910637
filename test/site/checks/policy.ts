/** Whether a page's Content-Security-Policy stands where it counts and lets run exactly what the page has. */
import { createHash } from 'node:crypto';
import { tagsOf } from './html.ts';

export function checkPolicy(html: string): string[] {
  const tags = tagsOf(html).filter(({ end }) => !end);
  const at = tags.findIndex(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
  if (at < 0) return ['has no Content-Security-Policy'];
  const policy = directivesOf(tags[at]!.attributes.content ?? '');
  const scripts = policy['script-src'] ?? policy['default-src'] ?? [];
  const early = tags.slice(0, at).filter(({ name }) => ['script', 'style', 'link'].includes(name));
  const unsafe = ["'unsafe-inline'", "'unsafe-eval'", '*', 'https:', 'http:', 'data:'];
  const used = [...html.matchAll(/<script(?![^>]*\s(?:src=|type="?application\/))[^>]*>([\s\S]+?)<\/script>/g)].map(
    ([, body]) => `'sha256-${createHash('sha256').update(body!).digest('base64')}'`,
  );
  const allowed = scripts.filter((source) => source.startsWith("'sha256-"));
  return [
    ...early.map(({ name }) => `<${name}> stands before the policy`),
    ...(policy['default-src']?.join(' ') === "'none'" ? [] : ["default-src is not 'none'"]),
    ...scripts.filter((source) => unsafe.includes(source)).map((source) => `script-src allows ${source}`),
    ...(policy['style-src'] ?? []).filter((source) => unsafe.includes(source)).map((one) => `style-src allows ${one}`),
    ...used.filter((hash) => !allowed.includes(hash)).map((hash) => `an inline script is not allowed: ${hash}`),
    ...allowed.filter((hash) => !used.includes(hash)).map((hash) => `allows a script that is not there: ${hash}`),
  ];
}

function directivesOf(policy: string): Record<string, string[]> {
  const parts = policy.split(';').map((part) => part.trim().split(/\s+/));
  return Object.fromEntries(parts.map(([name = '', ...sources]) => [name, sources]));
}
