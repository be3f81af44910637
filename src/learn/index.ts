/** Exercises: find, run, judge, remember. */
export { type Bench, withBench } from './bench.ts';
export { type Exercise, findExercise, readCourse, type WrongAnswer, wrongAnswers } from './course.ts';
export { checkExercise, currentExercise, type Desk, NoSuchExercise, nextExercise, openDesk } from './desk.ts';
export { type DiffLine, lineDiff } from './line-diff.ts';
export type { Practice } from './practice.ts';
export { type Complaint, verifyExercise, verifyFiles, verifyMutant } from './verify.ts';
