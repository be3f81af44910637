/** The `run` of the lab kafka-calls: every scene of an Apache Kafka under strace, the records checked. */
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Lab } from '#measure/lab.ts';
import type { Mode } from '#measure/request.ts';
import { type Cell, schedule } from '#measure/schedule.ts';
import { affordable, type Session } from '#measure/session.ts';
import type { CannotRun, CountResult, CountSeries } from '#model/result.ts';
import { SCHEMA_VERSION } from '#model/result-version.ts';
import { findStrace } from '#proof/calls/strace.ts';
import type { ApacheKafka } from './apache-kafka.ts';
import { openBench, QUICK_JAVA_FLAGS } from './bench.ts';
import { recordsHash } from './client/data.ts';
import { type Stage, sceneSegmentBytes, scenes } from './scenes.ts';

export interface CountPlan {
  /** Bytes of records of a scene, by mode. */
  readonly bytes: Readonly<Record<Mode, number>>;
  readonly rounds: Readonly<Record<Mode, number>>;
}

export function countKafka(plan: CountPlan): Lab['run'] {
  return async (lab, session) => await run(lab, session, plan);
}

async function run(lab: Lab, session: Session, plan: CountPlan): Promise<CountResult> {
  const { request, environment } = session;
  findStrace();
  const bytes = affordable(request.bytes ?? plan.bytes[request.mode], session.work);
  const rounds = request.rounds ?? plan.rounds[request.mode];
  const cells = Object.keys(lab.variants).map((variant): Cell => {
    return { variant, role: variant === lab.baseline ? 'baseline' : 'variant', factors: {} };
  });
  const turns = schedule(cells, rounds, request.seed);

  session.progress(0, turns.length, 'starting Apache Kafka');
  const { stage, version, end } = await openStage(session, bytes);
  const series = new Map(cells.map((cell): [Cell, CountSeries] => [cell, { ...cell, samples: [] }]));
  const cannotRun: CannotRun[] = [];
  for (const { cell, round, order } of turns) {
    session.checkStopped();
    session.progress(order, turns.length, `tracing ${lab.variants[cell.variant]}`);
    const { variant, factors } = cell;
    if (cannotRun.some((one) => one.variant === variant)) continue;
    if (variant === 'tls' && stage.bench.withoutTls) {
      cannotRun.push({ variant, factors, ...stage.bench.withoutTls });
      continue;
    }
    const scene = scenes[variant];
    if (!scene) throw new Error(`Cannot show '${variant}': there is no such scene`);
    try {
      series.get(cell)?.samples.push({ round, order, ...(await scene(stage)) });
    } catch (error) {
      // Without the baseline there is nothing to compare with; any other scene may be left out.
      if (!(error instanceof CannotRunHere) || variant === lab.baseline) throw error;
      cannotRun.push({ variant, factors, why: error.code, args: { ...error.args } });
    }
  }
  end();
  session.progress(turns.length, turns.length, 'done');

  return {
    kind: 'count',
    schemaVersion: SCHEMA_VERSION,
    lab: lab.id,
    question: lab.question,
    startedAt: session.startedAt.toISOString(),
    parameters: { mode: request.mode, rounds, bytes, segmentBytes: sceneSegmentBytes(bytes), apacheKafka: version },
    environment,
    seed: request.seed,
    baseline: lab.baseline,
    series: [...series.values()].filter(({ samples }) => samples.length > 0),
    cannotRun,
    warnings: [],
  };
}

async function openStage(session: Session, bytes: number) {
  const bench = await openBench(session, { javaFlags: QUICK_JAVA_FLAGS });
  const broker = await bench.start('node-1');
  let second: Promise<ApacheKafka> | undefined;
  let topics = 0;
  const stage: Stage = {
    ...{ session, bench, broker, bytes },
    hash: recordsHash(bytes, session.request.seed),
    second: () => {
      second ??= bench.start('node-2', { joins: broker });
      return second;
    },
    newTopic: () => `scene-${topics++}`,
  };
  return { stage, version: bench.kafka.jars.version, end: () => bench.end() };
}
