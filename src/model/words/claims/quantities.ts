/** The numbers behind a finding, each with what it is. */
import type { Quantity, Shown } from '../../claims/claim.ts';
import { type FactorWords, formatFactors } from '../factors.ts';
import { formatBytes, formatCount, formatPercent, formatTimes, TWICE } from '../units.ts';

/** Variant name → title. */
export type Titles = Readonly<Record<string, string>>;

const times = (value: number, one: string, many: string) =>
  `${Number.isInteger(value) ? formatCount(value) : value.toFixed(2)} ${value === 1 ? one : many}`;
const copies = ({ value }: Shown) => times(value, 'copy', 'copies');
const counted = (value: number, one: string) => `${formatCount(value)} ${value === 1 ? one : `${one}s`}`;
const ratio = (thing: string) => (shown: Shown, titles: Titles, words: FactorWords) => {
  const { value, low, high, than } = shown;
  const other = than ? (titles[than.variant] ?? than.variant) : 'the baseline';
  const where = than?.factors ? `, ${formatFactors(than.factors, undefined, words)}` : '';
  const seen = value < TWICE ? `${change(value)} ${thing} than` : `${change(value)} as much ${thing} as`;
  const range = low === undefined || high === undefined ? '' : ` (99 %: ${change(low)} to ${change(high)})`;
  return `${seen} ${other}${where}${range}`;
};

export const quantities: Readonly<Record<Quantity, (shown: Shown, titles: Titles, words: FactorWords) => string>> = {
  'sender-copies': (shown) => `${copies(shown)} of each byte by the CPU at the sender`,
  'copies-to-program': (shown) => `${copies(shown)} of each byte into the program`,
  'copies-from-program': (shown) => `${copies(shown)} of each byte from the program into the kernel`,
  references: ({ value }) => `${formatPercent(value)} of the bytes queued as references to pages`,
  encryptions: (shown) => `${times(shown.value, 'encryption', 'encryptions')} of each byte in the kernel`,
  calls: ({ value }) => counted(value, 'system call'),
  'map-calls': ({ value }) => `${counted(value, 'call')} of mmap on the file`,
  'read-calls': ({ value }) => `${counted(value, 'call')} that read the file`,
  'asked-bytes': ({ value }) => `${formatBytes(value)} asked for`,
  'sent-bytes': ({ value }) => `${formatBytes(value)} transferred`,
  'appended-bytes': ({ value }) => `${formatBytes(value)} appended to the log`,
  'sendfile-bytes': ({ value }) => `${formatBytes(value)} carried by sendfile`,
  'sendfile-calls': ({ value }) => `${counted(value, 'call')} of sendfile`,
  'record-bytes': ({ value }) => `${formatBytes(value)} of records`,
  'log-read-bytes': ({ value }) => `${formatBytes(value)} of the log read by the broker`,
  'own-bytes': ({ value }) => `${formatBytes(value)} sent from the broker's own memory`,
  batches: ({ value }) => counted(value, 'batch').replace(/batchs$/, 'batches'),
  'compressed-batches': ({ value }) => `${counted(value, 'batch').replace(/batchs$/, 'batches')} compressed`,
  'mapped-indexes': ({ value }) => `${counted(value, 'index file')} mapped`,
  'mapped-logs': ({ value }) => `${counted(value, 'log file')} mapped`,
  rolls: ({ value }) => `${counted(value, 'segment')} rolled`,
  'log-syncs': ({ value }) => `${counted(value, 'sync')} of the log to disk`,
  throughput: ({ value }) => `${formatBytes(value)} a second`,
  crossings: ({ value }) => `${counted(value, 'crossing')} between program and kernel by system calls`,
  switches: ({ value }) => `${counted(value, 'context switch').replace(/switchs$/, 'switches')}`,
  'queued-bytes': ({ value }) => `${formatBytes(value)} taken by the call before anybody read`,
  'old-bytes': ({ value }) => `${formatBytes(value)} arrived as they were during the call`,
  'new-bytes': ({ value }) => `${formatBytes(value)} arrived as they were written afterwards`,
  'map-areas': ({ value }) => `${counted(value, 'area')} mapped before the kernel refused another`,
  'map-limit': ({ value }) => `vm.max_map_count is ${formatCount(value)}`,
  'areas-per-segment': ({ value }) => `${counted(value, 'map area')} a segment`,
  'descriptors-per-segment': ({ value }) => `${counted(value, 'descriptor')} a segment`,
  'read-bytes': ({ value }) => `${formatBytes(value)} read`,
  'used-more': ({ value }) => `${signedBytes(value)} of free memory gone`,
  'available-less': ({ value }) => `${signedBytes(value)} of available memory gone`,
  'io-wait': ({ value }) => `I/O wait for ${formatPercent(value)} of the time`,
  'io-pressure': ({ value }) => `pressure for ${formatPercent(value)} of the time`,
  'disk-again': ({ value }) => `${formatBytes(value)} read from the disk once more`,
  'wire-packets': ({ value }) => `${counted(value, 'packet')} on the wire`,
  'wire-bytes': ({ value }) => `${formatBytes(value)} on the wire, headers included`,
  'held-memory': ({ value }) => `${formatBytes(value)} of memory held`,
  'cpu-growth': (shown) =>
    `${times(shown.value, 'time', 'times')} the CPU that a quarter of them take${between(shown)}`,
  'cached-bytes': ({ value }) => `${formatBytes(value)} of the file in memory afterwards`,
  'dirty-bytes': ({ value }) => `${formatBytes(value)} dirty in memory after writing`,
  'left-dirty-bytes': ({ value }) => `${formatBytes(value)} dirty after fsync`,
  'seen-bytes': ({ value }) => `${formatBytes(value)} of a change seen by others, without any call`,
  'kernel-bytes': ({ value }) => `${formatBytes(value)} of the kernel's own memory`,
  'resident-bytes': ({ value }) => `${formatBytes(value)} more resident size`,
  'taken-bytes': ({ value }) => `${formatBytes(Math.max(0, value))} of the available memory taken`,
  'minor-faults': ({ value }) => counted(value, 'minor page fault'),
  'major-faults': ({ value }) => counted(value, 'major page fault'),
  'busy-share': ({ value }) => `${formatPercent(value)} of its core used by the sender`,
  'neighbour-work': ratio('work finished by the neighbour'),
  'access-time': ratio('time for an access to other memory'),
  'held-thread': ratio('time for which half of the requests held their thread at most'),
  'held-tail': ratio('time for which nine of ten requests held their thread at most'),
  latency: ratio('time until half of the replies were there'),
  'total-cpu': ratio('CPU of sender and receiver'),
  'wall-time': ratio('time'),
};

/** The interval of a factor: ` (99 %: 3.9 to 4.3)`. */
const between = ({ low, high }: Shown) =>
  low === undefined || high === undefined ? '' : ` (99 %: ${low.toFixed(2)} to ${high.toFixed(2)})`;
/** What was gone may have come back. */
function signedBytes(value: number): string {
  return `${value < 0 ? '-' : ''}${formatBytes(Math.abs(value))}`;
}

/** A ratio as a difference: `51 % less`, `22 times`. */
function change(value: number): string {
  if (value >= TWICE) return formatTimes(value);
  return value < 1 ? `${formatPercent(1 - value)} less` : `${formatPercent(value - 1)} more`;
}
