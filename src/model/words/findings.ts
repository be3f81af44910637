/** What a check found in a learner's program: what was expected, what was seen, and where to look. One file a kind. */
import type { Finding, FindingCode } from '../finding.ts';
import { ofAnswer } from './findings/answer.ts';
import { ofFetch } from './findings/fetch.ts';
import { ofHttp } from './findings/http.ts';
import { ofPacket } from './findings/packet.ts';
import { ofProgram } from './findings/program.ts';
import { ofSegment } from './findings/segment.ts';
import type { FindingText, Sayings } from './findings/sentence.ts';
import { ofServer } from './findings/server.ts';
import { ofTransfer } from './findings/transfer.ts';

export { provedText } from './findings/proved.ts';
export type { FindingText } from './findings/sentence.ts';

const sayings: Sayings<FindingCode> = {
  ...ofProgram,
  ...ofTransfer,
  ...ofPacket,
  ...ofServer,
  ...ofHttp,
  ...ofSegment,
  ...ofFetch,
  ...ofAnswer,
};

/** Says a finding. */
export function findingText({ code, args }: Finding): FindingText {
  return sayings[code].say(args);
}

/** What a finding is about. A code that this copy does not know is named as it is. */
export function findingName(code: string): string {
  return Object.hasOwn(sayings, code) ? sayings[code as FindingCode].name : code;
}
