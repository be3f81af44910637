/** `npm run catalogue`: writes labs/catalogue.json and labs/exercises/catalogue.json. Tests hold them equal to the programs. */
import { writeFileSync } from 'node:fs';
import { readCourse, wrongAnswers } from '#learn/index.ts';
import { loadLab } from '#measure/lab.ts';
import { catalogueSchema } from '#model/catalogue.ts';
import { exerciseCatalogueSchema } from '#model/exercise-catalogue.ts';
import { catalogueFile, exerciseCatalogueFile, exercisesFolder, labFile, labIds } from './places.ts';

/** The catalogue as the labs describe themselves, as text. */
export async function catalogueText(): Promise<string> {
  const labs = await Promise.all(
    labIds().map(async (id) => {
      const lab = await loadLab(labFile(id) as string);
      const {
        run: _run,
        senders: _senders,
        tasks: _tasks,
        guest: _guest,
        beside: _beside,
        cluster: _cluster,
        ...entry
      } = lab;
      return entry;
    }),
  );
  return `${JSON.stringify(catalogueSchema.parse({ schemaVersion: 1, labs }), null, 2)}\n`;
}

/** What the pages of the exercises show, as text. */
export async function exerciseCatalogueText(): Promise<string> {
  const exercises = (await readCourse(exercisesFolder)).map((exercise) => ({
    id: exercise.id,
    title: exercise.title,
    article: exercise.article,
    hints: exercise.hints,
    wrong: wrongAnswers(exercise).map(({ path: _, args: _args, ...answer }) => answer),
  }));
  return `${JSON.stringify(exerciseCatalogueSchema.parse({ schemaVersion: 1, exercises }), null, 2)}\n`;
}

if (import.meta.main) {
  writeFileSync(catalogueFile, await catalogueText());
  writeFileSync(exerciseCatalogueFile, await exerciseCatalogueText());
}
