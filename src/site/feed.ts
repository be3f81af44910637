/** The feed of changed verdicts: Atom, RFC 4287. */
import { claims } from '#model/claims/index.ts';
import type { VerdictChange } from '#model/verdict-history.ts';
import { machineWords, sourceWords } from '#model/words/index.ts';
import { claimPath } from './figures/claim-page.ts';

/** Changes that the feed holds at most. */
const NEWEST = 50;

/** @param toAddress a page's address from its path. A claim that is new has not changed, and is left out. */
export function feedText(changes: readonly VerdictChange[], toAddress: (path: string) => string): string {
  const entries = changes.flatMap((change) => entryOf(change, toAddress)).slice(0, NEWEST);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>Zero Copy, Measured: changed verdicts</title>
<id>${ID}</id>
<updated>${changes[0]?.at ?? '1970-01-01T00:00:00Z'}</updated>
<author><name>Zero Copy, Measured</name></author>
<link rel="self" type="application/atom+xml" href="${escaped(toAddress('/verdicts.xml'))}"/>
<link href="${escaped(toAddress('/verdicts/'))}"/>
${entries.join('\n')}
</feed>
`;
}

/** An address may change, and an entry's name must not (RFC 4287, section 4.2.6). */
const ID = 'urn:zero-copy-measured:verdicts';

function entryOf({ at, claim: id, from, to }: VerdictChange, toAddress: (path: string) => string): string[] {
  const claim = claims.find((one) => one.id === id);
  if (!claim || from === null) return [];
  const title = `${id}: ${machineWords[to]} (before: ${machineWords[from].toLowerCase()})`;
  const words = `${claim.statement} The sources: ${sourceWords[claim.sources.verdict].toLowerCase()}. Our machine: ${machineWords[to].toLowerCase()}.`;
  return [
    `<entry>
<title>${escaped(title)}</title>
<id>${ID}:${id.toLowerCase()}:${at}</id>
<updated>${at}</updated>
<link href="${escaped(toAddress(claimPath(id)))}"/>
<summary>${escaped(words)}</summary>
</entry>`,
  ];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
