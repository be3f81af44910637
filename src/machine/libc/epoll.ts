/** epoll(7): which of many descriptors are ready, told in memory of our own, so that asking makes no garbage. */
import { Descriptor } from './descriptor.ts';
import { check, EINTR, moved, SyscallError } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

const c = {
  epoll_create1: bind<(flags: number) => number>('epoll_create1', 'int', ['int']),
  epoll_ctl: bind<(epoll: number, operation: number, fd: number, event: number) => number>('epoll_ctl', 'int', [
    'int',
    'int',
    'int',
    'pointer',
  ]),
  epoll_wait: bind<(epoll: number, events: number, most: number, timeout: number) => number>('epoll_wait', 'int', [
    'int',
    'pointer',
    'int',
    'int',
  ]),
};

const EPOLL_CLOEXEC = 0o2000000;
const EPOLL_CTL_ADD = 1;
const EPOLL_CTL_DEL = 2;
const EPOLL_CTL_MOD = 3;
export const EPOLLIN = 1;
export const EPOLLOUT = 4;
/** Told also when it was not asked for. */
export const EPOLLERR = 8;
export const EPOLLHUP = 16;
/** The peer has finished, or is gone. */
export const EPOLLRDHUP = 0x2000;

/** A set of descriptors, level-triggered. Each has a number of the caller's, by which it is told: 32 bits. */
export class Epoll implements Disposable {
  /** Readable when one of its descriptors is ready. */
  readonly fd: number;
  readonly #descriptor: Descriptor;
  readonly #memory: Mapping;
  readonly #words: Uint32Array;
  readonly #most: number;
  /** Words of a struct epoll_event, the first its events, the second its number: packed on x86 alone, epoll_ctl(2). */
  readonly #stride = process.arch === 'x64' || process.arch === 'ia32' ? 3 : 4;
  readonly #numberAt = this.#stride - 2;

  /** @param most descriptors that one wait tells of */
  constructor(most: number) {
    this.#descriptor = new Descriptor(check('epoll_create1', c.epoll_create1(EPOLL_CLOEXEC)));
    this.fd = this.#descriptor.fd;
    this.#most = most;
    this.#memory = Mapping.anonymous((most + 1) * 16);
    const { buffer } = this.#memory.view();
    this.#words = new Uint32Array(buffer, 0, (most + 1) * 4);
  }

  /** @param events a mask of EPOLLIN, EPOLLOUT, EPOLLRDHUP @throws {SyscallError} */
  add(fd: number, events: number, number: number): void {
    this.#control(EPOLL_CTL_ADD, fd, events, number);
  }

  /** Waits for other events of a descriptor that was added. @throws {SyscallError} */
  change(fd: number, events: number, number: number): void {
    this.#control(EPOLL_CTL_MOD, fd, events, number);
  }

  /** @throws {SyscallError} */
  remove(fd: number): void {
    this.#control(EPOLL_CTL_DEL, fd, 0, 0);
  }

  /** @param timeoutMs milliseconds, 0: does not wait @returns how many are ready: 0 also after a signal @throws {SyscallError} */
  wait(timeoutMs: number): number {
    const ready = moved(c.epoll_wait(this.fd, this.#memory.address, this.#most, timeoutMs));
    if (ready === -EINTR) return 0;
    if (ready < 0) throw new SyscallError('epoll_wait', -ready);
    return ready;
  }

  /** The number of the descriptor at this place of the last wait. */
  numberAt(place: number): number {
    return this.#words[place * this.#stride + this.#numberAt] as number;
  }

  /** What is so of it: a mask. */
  eventsAt(place: number): number {
    return this.#words[place * this.#stride] as number;
  }

  [Symbol.dispose](): void {
    this.#descriptor[Symbol.dispose]();
    this.#memory[Symbol.dispose]();
  }

  #control(operation: number, fd: number, events: number, number: number): void {
    // Behind the places of the wait: a watch may change while what the last wait told is still being read.
    const word = this.#most * 4;
    this.#words[word] = events;
    this.#words[word + this.#numberAt] = number;
    this.#words[word + this.#numberAt + 1] = 0;
    check('epoll_ctl', c.epoll_ctl(this.fd, operation, fd, this.#memory.address + word * 4));
  }
}
