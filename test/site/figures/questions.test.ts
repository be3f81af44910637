/** Every question of an article is one that its lab can answer: nothing stays open in the sentence. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answerSchema, catalogueSchema } from '#model/catalogue.ts';
import { readResult } from '#model/upgrade.ts';
import { answerText } from '#model/words/index.ts';
import * as questions from '#site/figures/questions.ts';

const { labs } = catalogueSchema.parse(JSON.parse(readFileSync('labs/catalogue.json', 'utf8')));

test.each(Object.entries(questions))('%s is answered by the recorded result', (_, { lab, answer }) => {
  expect(answerSchema.parse(answer)).toEqual(answer);
  const entry = labs.find(({ id }) => id === lab);
  const result = readResult(JSON.parse(readFileSync(`labs/results/reference-vm/${lab}.json`, 'utf8')));
  const said = entry && answerText(result, entry, answer)?.text;
  expect(said).toMatch(/\d/);
  expect(said).not.toMatch(/[{}]|not run|not counted|cannot run/);
});
