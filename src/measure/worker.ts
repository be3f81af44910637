/** The working process of a run of tasks. Program: started by tasks.ts, pinned. */
import { Meter } from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { emptyCallNs } from './empty-calls.ts';
import { type Lab, loadLab } from './lab.ts';
import { peakMemory, resetPeakMemory } from './peak-memory.ts';
import type { Task, TaskSetting, WorkerAnswer, WorkerQuestion } from './task.ts';

const meter = new Meter();
let lab: Lab | undefined;

await answerQuestions<WorkerQuestion>(async (question) => {
  if (question.do === 'empty-calls') return { ns: emptyCallNs(meter) };
  lab ??= await loadLab(question.lab);
  const task = lab.tasks?.[question.variant];
  if (!task) throw new Error(`Cannot work as '${question.variant}': lab ${lab.id} has no such task`);
  return await sample(task, question.setting);
});

async function sample(task: Task, setting: TaskSetting): Promise<WorkerAnswer> {
  try {
    using prepared = await task(setting);
    resetPeakMemory();
    const before = meter.usage();
    const cpuBefore = meter.cpuNs();
    const startNs = meter.monotonicNs();

    // Not awaited unless it has to be: a task without waiting goes through without a turn of the event loop.
    const pending = prepared.run();
    const work = pending instanceof Promise ? await pending : pending;

    const wallNs = meter.monotonicNs() - startNs;
    const cpuNs = meter.cpuNs() - cpuBefore;
    const after = meter.usage();
    const peakMemoryBytes = peakMemory();
    return {
      wallNs,
      cpuNs,
      minorFaults: after.minorFaults - before.minorFaults,
      majorFaults: after.majorFaults - before.majorFaults,
      voluntarySwitches: after.voluntarySwitches - before.voluntarySwitches,
      involuntarySwitches: after.involuntarySwitches - before.involuntarySwitches,
      peakMemoryBytes,
      work: prepared.after?.(work) ?? work,
    };
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    return { cannotRun: { why: error.code, args: { ...error.args } } };
  }
}
