import { pageSize } from '#libc';
import type { WorkFolder } from '#machine/work-folder.ts';
import type { TimeResult, TimeSample, Warning } from '#model/result.ts';
import { baselineDifference, factorGroups, noise, othersOf, stolenShare } from '#model/statistics.ts';
import { warning } from '#model/words/warnings.ts';
import type { Residence } from './source-file.ts';

/** Shorter samples are mostly starting and stopping. ns */
const SHORT_NS = 5e6;
/** Noise above which a machine can say little. */
const WIDE = 0.15;
/** Shares of CPU time by others, and by the hypervisor's other guests, from which on a run is doubtful. */
const BUSY = 0.15;
/** Processors that others keep busy below which they take nothing from a run that leaves its own idle. */
const BUSY_CPUS = 0.3;
const STOLEN = 0.02;
/** Below it, the cost of a call weighs (design: shown with every result below 64 KiB). Bytes. */
const SMALL_CALL_BYTES = 65_536;

/** What a reader of this result must know, each with its remedy in src/model/words/warnings.ts. */
export function transferWarnings(
  result: TimeResult,
  work: WorkFolder,
  looks: readonly Residence[],
  emptyCallNs: number,
): Warning[] {
  const samples = result.series.flatMap((series) => series.samples);
  return [
    ...throttling(samples),
    ...noiseWarnings(result),
    ...evicted(looks),
    ...neighbours(result),
    ...settings(result, work, samples, emptyCallNs),
  ];
}

function throttling(samples: TimeSample[]): Warning[] {
  const stopped = samples.filter((sample) => sample.throttled).length;
  return stopped > 0 ? [warning('throttled', { samples: stopped, of: samples.length })] : [];
}

/** The baseline against itself, for each link: it should not differ, and not by much either way. */
function noiseWarnings(result: TimeResult): Warning[] {
  return factorGroups(result).flatMap((factors): Warning[] => {
    const differs = baselineDifference(result, factors, 'totalCpuNs');
    if (differs) return [{ code: 'baseline-differs', args: { ...factors, ratio: differs.ratio } }];
    const spread = noise(result, factors, 'totalCpuNs');
    return spread.state === 'estimate' && spread.halfWidth > WIDE
      ? [{ code: 'too-wide', args: { ...factors, halfWidth: spread.halfWidth } }]
      : [];
  });
}

/** The most that was out of memory at any look. */
function evicted(looks: readonly Residence[]): Warning[] {
  const most = Math.max(...looks.map(({ resident, pages }) => pages - resident));
  return most > 0 ? [warning('evicted-pages', { bytes: most * pageSize() })] : [];
}

/** CPU time during the samples that neither sender nor receiver used, or that this machine did not get. */
function neighbours({ series }: TimeResult): Warning[] {
  const { share, cpus } = othersOf(series) ?? { share: 0, cpus: 0 };
  const stolen = stolenShare(series);
  return [
    ...(share > BUSY && cpus > BUSY_CPUS ? [warning('busy-machine', { share })] : []),
    ...(stolen > STOLEN ? [warning('cpu-steal', { share: stolen })] : []),
  ];
}

function settings(
  { environment, series }: TimeResult,
  work: WorkFolder,
  samples: TimeSample[],
  emptyCallNs: number,
): Warning[] {
  const walls = samples.map((sample) => sample.wallNs).sort((a, b) => a - b);
  const median = walls[walls.length >> 1] as number;
  const smallest = Math.min(...series.map(({ factors }) => Number(factors.chunk ?? factors.bytes ?? SMALL_CALL_BYTES)));
  const { governor } = environment.cpu;
  const { congestionControlUsed: used } = environment.tcp;
  return [
    ...(median < SHORT_NS ? [warning('too-short', { wallNs: median })] : []),
    ...(used === 'bbr' ? [warning('pacing', { congestionControl: used })] : []),
    ...(environment.pinning.sender === null ? [warning('one-cpu', {})] : []),
    ...(smallest < SMALL_CALL_BYTES ? [warning('small-files', { bytes: smallest, emptyCallNs })] : []),
    ...(governor !== null && governor !== 'performance' ? [warning('frequency-scaling', { governor })] : []),
    ...(work.suited ? [] : [warning('tmpfs-work-folder', { fileSystem: work.fileSystem })]),
    ...(environment.virtualisation === 'none' ? [] : [warning('virtual-machine', {})]),
    ...(series.some(({ factors }) => String(factors.link).startsWith('tcp')) ? [warning('loopback', {})] : []),
    ...(environment.kernel.irqTimeAccounting === null
      ? []
      : [warning('time-accounting', { accounting: environment.kernel.irqTimeAccounting ? 'on' : 'off' })]),
  ];
}
