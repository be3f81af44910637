/** A client of a broker that throws away what it fetches. Program: started by crews of labs/kafka, pinned. */
import { Meter } from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { openLoopback } from '#machine/own-loopback.ts';
import { emptyCallNs } from '#measure/empty-calls.ts';
import { PlainConnection } from './connection.ts';
import { create } from './create.ts';
import { Fetching } from './fetching.ts';
import { look } from './look.ts';
import { openConnection } from './open-connection.ts';
import { produce } from './produce.ts';
import type { ClientQuestion } from './protocol.ts';
import { checkDeleted, deleteTopicFrame, foundLeader, leaderFrame } from './requests.ts';

const meter = new Meter();
const fetching = new Map<string, Fetching>();

await answerQuestions<ClientQuestion>(async (question) => {
  switch (question.do) {
    case 'network':
      return { opened: opensLoopback() };
    case 'reach': {
      using connection = new PlainConnection(question.place);
      return { brokers: foundLeader(await connection.ask(leaderFrame(question.topic))).brokers };
    }
    case 'create':
      return await create(question);
    case 'delete': {
      using connection = new PlainConnection(question.place);
      checkDeleted(await connection.ask(deleteTopicFrame(question.topic)));
      return {};
    }
    case 'produce': {
      using connection = new PlainConnection(question.place);
      return await produce(connection, question);
    }
    case 'look': {
      using connection = await openConnection(question.from);
      const { finding: _, offsets: __, ...found } = await look(connection, question);
      return found;
    }
    case 'open': {
      const { key, ...options } = question;
      const opened = await Fetching.open(options, meter);
      fetching.set(key, opened);
      return opened.found;
    }
    case 'warm':
      return await named(question.key).warm(question);
    case 'fetch':
      return named(question.key).sample();
    case 'empty-calls':
      return { ns: emptyCallNs(meter) };
  }
});

/** False where the network is not one's own: then the machine's is used. */
function opensLoopback(): boolean {
  try {
    openLoopback();
    return true;
  } catch (error) {
    if (error instanceof CannotRunHere) return false;
    throw error;
  }
}

function named(key: string): Fetching {
  const found = fetching.get(key);
  if (!found) throw new Error(`Expected a connection named '${key}', found none: it was not opened`);
  return found;
}
