/** The reader of walk-throughs must keep commands and outputs together, and see an output that is not the one shown. */
import { expect, test } from 'vitest';
import { saysTheSame, stepsOf } from './walkthrough.ts';

const page = `Words.

<Command line="./zc broker --data /x" />

\`\`\`
It listens.
\`\`\`

<Command where="in a second terminal" line="kcat -f '%p %s\\n'" />

<Command where="in a second terminal" line="ls" />

\`\`\`
a
b
\`\`\`

End it. Then it says:

\`\`\`
Sent 12 bytes.
\`\`\`
`;

test('stepsOf() gives each command its output, and the server what it says at its end', () => {
  expect(stepsOf(page)).toEqual([
    { line: './zc broker --data /x', stays: true, shows: 'It listens.', showsAtEnd: 'Sent 12 bytes.' },
    { line: "kcat -f '%p %s\\n'", stays: false, shows: null, showsAtEnd: null },
    { line: 'ls', stays: false, shows: 'a\nb', showsAtEnd: null },
  ]);
});

test('stepsOf() refuses output of nothing', () => {
  expect(() => stepsOf('```\nlost\n```\n')).toThrow("Cannot tell what prints 'lost'");
  expect(() => stepsOf('<Command where="there" />')).toThrow('Cannot read the command');
});

test.each([
  ['Sent 12 bytes\nof it, by sendfile.', 'Sent 1,312 bytes of it, by sendfile.', true],
  ['Before.\nSent 12 bytes.\nAfter.', 'Sent 12 bytes.', true],
  ['Sent 12 bytes by writing.', 'Sent 12 bytes by sendfile.', false],
  ['', 'Sent 12 bytes.', false],
])('saysTheSame() of %j and %j', (printed, shown, same) => expect(saysTheSame(printed, shown)).toBe(same));
