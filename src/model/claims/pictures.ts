/**
 * The data paths that the five articles draw or list, step by step, in the names that they give to places. Beside each step stands
 * how far the bytes really are when it ends, so that what happens meanwhile can be read off the path models.
 */
import { pathOf, type SystemHop, spotKey, systemHops } from '../paths/index.ts';
import type { ArticleNumber } from './articles.ts';

/**
 * `right`: as it is. `short`: what it says happens, and more does that it leaves out. `conditional`: not always, or not by whom it
 * says. `wrong`: it does not happen.
 */
export type StepVerdict = 'right' | 'short' | 'conditional' | 'wrong';

export interface PictureStep {
  /** As the article counts; empty where it does not. */
  readonly number: string;
  readonly from: string;
  readonly to: string;
  /** What the bytes do, in a word or two. */
  readonly says: string;
  /** The place that they have come to when this step is over, as `spotKey` names it. */
  readonly until: string;
  readonly verdict: StepVerdict;
  /** What is to be said of it; empty where it is right. */
  readonly why: string;
  readonly claim: string;
}

export interface Picture {
  /** `without zero copy`. */
  readonly called: string;
  readonly technique: string;
  /** `whole`: from producer to consumer. `broker`: from the disk of a broker to its card. */
  readonly scope: 'whole' | 'broker';
  readonly steps: readonly PictureStep[];
}

const COLD = 'Only if the page is not in memory. Consumers that keep up never wait for the disk.';
const BY_CARD = 'Later, and by the card itself (DMA): the CPU copies nothing here.';
const AT_THE_END = "Leaves out the consumer's card, its kernel, and the copy that the consumer makes when it reads.";
const INTO_CARD =
  'Nothing is copied into the card by the call, and the socket is not bypassed: its send queue gets references to the pages, and the card fetches them later.';

type Short = readonly [says: string, verdict?: StepVerdict, why?: string];

const step = (
  number: string,
  from: string,
  to: string,
  until: string,
  claim: string,
  [says, verdict = 'right', why = '']: Short,
): PictureStep => ({ number, from, to, says, until, verdict, why, claim });

const PAGE_CACHE = 'broker, page cache, in';
const PROGRAM = 'broker, user memory, out';
const SEND_QUEUE = 'broker, send queue, out';
const CARD = 'broker, network card, out';
const CONSUMER = "consumer, receiver's memory, out";

const produced: readonly PictureStep[] = [
  step('1.1', 'producer', 'application buffer', 'broker, user memory, in', 'E4', [
    'writes',
    'short',
    'Leaves out both network cards, and the copies into the one kernel and out of the other.',
  ]),
  step('1.2', 'application buffer', 'OS buffer', PAGE_CACHE, 'E4', ['writes']),
  step('1.3', 'OS buffer', 'disk', 'broker, disk, in', 'E4', [
    'synced',
    'conditional',
    'The kernel writes it back when it sees fit. Kafka asks for it only when it closes a segment.',
  ]),
];

/** Article 1 and article 4 count the same steps. */
const copied: readonly PictureStep[] = [
  step('2.1', 'disk', 'OS buffer', PAGE_CACHE, 'A2', ['loaded', 'conditional', COLD]),
  step('2.2', 'OS buffer', 'application buffer', PROGRAM, 'A2', ['copied']),
  step('2.3', 'application buffer', 'socket buffer', SEND_QUEUE, 'A2', ['copied']),
  step('2.4', 'socket buffer', 'NIC buffer', CARD, 'A2', ['copied', 'conditional', BY_CARD]),
  step('2.5', 'NIC buffer', 'consumer', CONSUMER, 'A2', ['sent', 'short', AT_THE_END]),
];

const direct: readonly PictureStep[] = [
  step('3.1', 'disk', 'OS buffer', PAGE_CACHE, 'A4', ['loaded', 'conditional', COLD]),
  step('3.2', 'OS buffer', 'NIC buffer', CARD, 'A5', ['copied', 'wrong', INTO_CARD]),
  step('3.3', 'NIC buffer', 'consumer', CONSUMER, 'A4', ['sent', 'short', AT_THE_END]),
];

const writtenToDisk: readonly PictureStep[] = [
  step('1.1–1.3', 'producer', 'disk', 'broker, disk, in', 'E4', [
    'writes',
    'short',
    'The producer writes to a socket. Two cards, two kernels and the broker come first; the disk is written later, by the kernel.',
  ]),
];

/** Articles 3 and 5 list the same four steps, with the mode switches. */
const switched: readonly PictureStep[] = [
  step('1', 'disk', 'OS buffer', PAGE_CACHE, 'A2', ['DMA copy', 'conditional', COLD]),
  step('2', 'OS buffer', 'app buffer', PROGRAM, 'A2', ['copied']),
  step('3', 'app buffer', 'socket buffer', SEND_QUEUE, 'A2', ['copied']),
  step('4', 'socket buffer', 'NIC buffer', CARD, 'A10', [
    'DMA copy',
    'conditional',
    'By DMA, as it says. But the call has returned by then: the program does not wait in the kernel until the card has the bytes.',
  ]),
];

const gathered: readonly PictureStep[] = [
  step('', 'disk', 'read buffer', PAGE_CACHE, 'A4', ['DMA copy', 'conditional', COLD]),
  step('', 'read buffer', 'NIC buffer', CARD, 'A4', [
    'copied',
    'wrong',
    `${INTO_CARD} The article's next sentence, of pointers in the socket buffer, has it right.`,
  ]),
];

const without = (scope: Picture['scope'], steps: readonly PictureStep[]): Picture => ({
  called: 'without zero copy',
  technique: 'read-write',
  scope,
  steps,
});
const with_ = (scope: Picture['scope'], steps: readonly PictureStep[]): Picture => ({
  called: 'with zero copy',
  technique: 'sendfile',
  scope,
  steps,
});

const arrow = (from: string, to: string, until: string, claim: string, said: Short) =>
  step('', from, to, until, claim, said);

export const pictures: Readonly<Record<ArticleNumber, readonly Picture[]>> = {
  1: [without('whole', [...produced, ...copied]), with_('whole', [...produced, ...direct])],
  2: [
    without('broker', [
      arrow('disk', 'kernel buffer', PAGE_CACHE, 'A2', ['a copy', 'conditional', COLD]),
      arrow('kernel buffer', 'application buffer', PROGRAM, 'A2', ['a copy']),
      arrow('application buffer', 'socket buffer', SEND_QUEUE, 'A2', ['a copy']),
      arrow('socket buffer', 'NIC buffer', CARD, 'A2', ['a copy', 'conditional', BY_CARD]),
    ]),
    with_('broker', [
      arrow('disk', 'kernel buffer', PAGE_CACHE, 'A4', ['a copy', 'conditional', COLD]),
      arrow('kernel buffer', 'NIC buffer', CARD, 'A4', ['a copy', 'wrong', INTO_CARD]),
    ]),
  ],
  3: [without('broker', switched), with_('broker', gathered)],
  4: [without('whole', [...writtenToDisk, ...copied]), with_('whole', [...writtenToDisk, ...direct])],
  5: [without('broker', switched), with_('broker', gathered)],
};

export interface ToldStep {
  readonly step: PictureStep;
  /** What really happens until the step is over. */
  readonly hops: readonly SystemHop[];
}

/** Each step with what really happens. @throws {RangeError} when the bytes do not come to where a step ends, or go on after the last */
export function tellPicture({ technique, scope, steps }: Picture): ToldStep[] {
  const all = systemHops(pathOf(technique));
  const hops = scope === 'whole' ? all : all.filter(isOutOfBroker);
  let at = 0;
  const told = steps.map((step): ToldStep => {
    const end = hops.findIndex(({ to }, index) => index >= at && spotKey(to) === step.until);
    if (end < 0)
      throw new RangeError(`Cannot tell the step '${step.from} to ${step.to}': '${step.until}' does not follow`);
    const own = hops.slice(at, end + 1);
    at = end + 1;
    return { step, hops: own };
  });
  if (at < hops.length) throw new RangeError(`Cannot end after '${steps.at(-1)?.to}': the bytes go on`);
  return told;
}

/** From the broker's disk or page cache to its card. */
function isOutOfBroker({ from, to }: SystemHop): boolean {
  const inside = from.machine === 'broker' && to.machine === 'broker';
  return inside && (to.passage === 'out' || from.place === 'disk');
}
