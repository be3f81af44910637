/** The generated reference pages: nothing of what they are made from may be missing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { commandReferenceSchema } from '#model/command-reference.ts';
import { fieldWords } from '#model/words/result-fields.ts';
import { tagsOf, textOf } from './checks/html.ts';

const page = (path: string) => readFileSync(join(inject('dist'), path, 'index.html'), 'utf8');
const idsOf = (html: string) => tagsOf(html).flatMap(({ attributes }) => attributes.id ?? []);
const flat = (text: string) => text.replace(/\s+/g, ' ');

test('/commands/ has every command at an anchor, with all of its terms', () => {
  const html = page('commands');
  const text = textOf(html);
  const { program, commands } = commandReferenceSchema.parse(
    JSON.parse(readFileSync('src/site/commands.json', 'utf8')),
  );
  expect(idsOf(html)).toEqual(expect.arrayContaining(commands.map(({ name }) => name.replaceAll(' ', '-'))));
  expect(text).toContain(flat(program.after));
  for (const { name, usage, arguments: words, options, after } of commands) {
    expect(text, name).toContain(flat(usage));
    expect(text, name).toContain(flat(after));
    for (const { term, description } of [...words, ...options]) expect(text, name).toContain(`${term} ${description}`);
  }
});

test('/result-format/ has every field with its words, and links the schema', () => {
  const html = page('result-format');
  const text = textOf(html);
  for (const [path, words] of Object.entries(fieldWords))
    expect(text).toContain(`${path.replace('series[].samples[].', '')} ${words}`);
  expect(html).toContain('href="/schema/result-1.json"');
});
