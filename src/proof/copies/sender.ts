/** The sending process of a counted transfer, which also counts. Program: one for all transfers of a run. */
import { copyFileSync } from 'node:fs';
import {
  connect,
  encryptSending,
  finishSending,
  Mapping,
  memoryFile,
  open,
  recv,
  setNonBlocking,
  setTimeouts,
} from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { retransmittedSegments } from '#machine/facts.ts';
import { prepare } from '#machine/links.ts';
import { type Lab, loadLab, type Sender } from '#measure/lab.ts';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import { CopyCounter } from './counter.ts';
import type { Refusal, SendAnswer, SenderQuestion, StopAnswer } from './protocol.ts';
import { tally } from './tally.ts';

type Send = Extract<SenderQuestion, { do: 'send' }>;

const PATIENCE_MS = 60_000;

const nothing = Mapping.anonymous(8);
let lab: Lab | undefined;
let counter: CopyCounter | undefined;
let sentBefore = 0;

await answerQuestions<SenderQuestion>(async (question): Promise<object> => {
  try {
    switch (question.do) {
      case 'open-counter':
        counter ??= new CopyCounter();
        return { watched: counter.watched };
      case 'start-counting':
        sentBefore = retransmittedSegments();
        counter?.start();
        return {};
      case 'stop-counting':
        return stopCounting(question);
      case 'send':
        return await transfer(await senderOf(question), question);
    }
  } catch (error) {
    if (error instanceof CannotRunHere) return { refusal: refusalOf(error) };
    throw error;
  }
});
counter?.[Symbol.dispose]();

async function senderOf({ lab: file, variant }: Send): Promise<Sender> {
  lab ??= await loadLab(file);
  const sender = lab.senders?.[variant];
  if (!sender) throw new Error(`Cannot send by '${variant}': lab ${lab.id} has no such variant`);
  return sender;
}

function stopCounting({ sender, receiver }: Extract<SenderQuestion, { do: 'stop-counting' }>): StopAnswer {
  if (!counter) throw new Error('Cannot stop counting: nothing was counted');
  counter.stop();
  const counted = tally(counter.take(), counter.watched, sender, receiver);
  return { counted, retransmitted: retransmittedSegments() - sentBefore };
}

async function transfer(sender: Sender, question: Send): Promise<SendAnswer> {
  using memory = question.tmpfs ? memoryFile('source') : null;
  const path = memory ? `/proc/self/fd/${memory.fd}` : question.path;
  if (memory) copyFileSync(question.path, path);
  using file = open(path);
  const kind = question.address.family === 'unix' ? 'unix' : 'tcp';
  const dial = () => connect(question.address, (fd) => prepare(fd, kind, question.congestion));
  using socket = dial();
  // Held open until counting has stopped: then the receiver may speak again.
  using _ = dial();
  setTimeouts(socket.fd, PATIENCE_MS);
  if (question.tls) encryptSending(socket.fd, question.tls);
  const counting = question.receiver === null ? undefined : counter;

  let calls: Record<string, number> | null = null;
  const sentTwice = retransmittedSegments();
  counting?.start();
  try {
    if (typeof sender === 'function') {
      await sender({ path, bytes: question.bytes }, socket.duplicate(), question.chunk);
      setNonBlocking(socket.fd, false);
    } else {
      using mover = sender.open({ fd: file.fd, bytes: question.bytes }, socket, question.chunk);
      sendBlocking(mover, socket, 0, question.bytes, PATIENCE_MS);
      finishSending(socket.fd);
      calls = { ...mover.calls };
    }
    // The receiver closes its half when it has everything.
    const answer = recv(socket.fd, nothing.address, 1);
    if (answer !== 0) throw new Error(`the receiver did not finish the transfer by '${question.variant}' (${answer})`);
  } finally {
    counting?.stop();
  }
  const counted = counting ? tally(counting.take(), counting.watched, process.pid, question.receiver as number) : {};
  return { counted: { calls, ...counted }, retransmitted: retransmittedSegments() - sentTwice };
}

function refusalOf({ code, args }: CannotRunHere): Refusal {
  return { why: code, args: { ...args } };
}
