import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  acceptNow,
  connect,
  EAGAIN,
  type Happened,
  listen,
  localAddress,
  recvBytes,
  sendBytes,
  setNonBlocking,
  socketPair,
  Watch,
} from '#libc';

describe('Watch', () => {
  test('tells what happened, and nothing that was not waited for', async () => {
    const [a, b] = socketPair();
    using near = a;
    using far = b;
    setNonBlocking(near.fd, true);
    const happened: Happened[] = [];
    const bytes = Buffer.alloc(10);
    using watch = new Watch(near.fd, (what) => {
      happened.push(what);
      if (what.readable) recvBytes(near.fd, bytes);
    });
    sendBytes(far.fd, Buffer.from('first'));
    await pause(20);
    expect(happened).toEqual([]);
    watch.until({ readable: true });
    await pause(20);
    expect(happened).toEqual([{ status: 0, readable: true, writable: false, disconnect: false }]);
    expect(bytes.toString('latin1', 0, 5)).toBe('first');
    watch.until({ disconnect: true });
    sendBytes(far.fd, Buffer.from('more'));
    await pause(20);
    expect(happened).toHaveLength(1);
    far[Symbol.dispose]();
    await pause(20);
    expect(happened.at(-1)).toMatchObject({ disconnect: true });
    watch.until(null);
    const { length } = happened;
    await pause(20);
    expect(happened).toHaveLength(length);
  });

  test('says again in every turn what is not done', async () => {
    const [a, b] = socketPair();
    using near = a;
    using _far = b;
    setNonBlocking(near.fd, true);
    let times = 0;
    using watch = new Watch(near.fd, () => {
      times++;
      if (times === 5) watch.until(null);
    });
    watch.until({ writable: true });
    await pause(20);
    expect(times).toBe(5);
  });

  test('stays until it is disposed of, also when nobody holds it', async () => {
    const [a, b] = socketPair();
    using near = a;
    using far = b;
    setNonBlocking(near.fd, true);
    let times = 0;
    const handles: Watch[] = [];
    (() => {
      const watch = new Watch(near.fd, () => {
        times++;
        watch.until(null);
        handles.push(watch);
      });
      watch.until({ readable: true });
    })();
    for (let round = 0; round < 20; round++) Buffer.alloc(2 ** 22);
    globalThis.gc?.();
    sendBytes(far.fd, Buffer.from('x'));
    await pause(20);
    expect(times).toBe(1);
    handles[0]?.[Symbol.dispose]();
    handles[0]?.until({ readable: true });
    await pause(20);
    expect(times).toBe(1);
  });
});

describe('stayWhile()', () => {
  /** Asks for bytes one after the other, each when the one before was answered. @returns what the program said at its end */
  async function conversation(way: 'stay' | 'leave', asked: string): Promise<string> {
    const [a, b] = socketPair();
    using near = a;
    const program = join(import.meta.dirname, 'watch-program.ts');
    const child = spawn(process.execPath, [program, way], { stdio: ['ignore', 'pipe', 'inherit', b.fd] });
    b[Symbol.dispose]();
    const ended = once(child, 'close');
    let said = '';
    child.stdout?.on('data', (text) => {
      said += text;
    });
    setNonBlocking(near.fd, true);
    const answer = Buffer.alloc(1);
    for (const one of asked) {
      sendBytes(near.fd, Buffer.from(one));
      const deadline = performance.now() + 20_000;
      while (recvBytes(near.fd, answer) === -EAGAIN) {
        if (performance.now() > deadline) throw new Error(`No answer to '${one}' of '${asked}', ${way}`);
        await pause(1);
      }
      expect(answer.toString()).toBe(one);
    }
    near[Symbol.dispose]();
    expect((await ended)[0]).toBe(0);
    return said;
  }

  // x: at once; t: a timer; f: a file; i: setImmediate(); n: a server of Node's; p: a promise.
  test.each(['stay', 'leave'] as const)(
    'timers, files, promises and other handles have their turn: %s',
    async (way) => {
      const asked = `${'x'.repeat(300)}txfxixnxpx${'tfinp'.repeat(5)}${'x'.repeat(50)}`;
      expect(await conversation(way, asked)).toBe(`${asked.length}\n`);
    },
  );

  test('a program with nothing to wait for ends, also one that has stayed', async () => {
    expect(await conversation('stay', 'xxx')).toBe('3\n');
  });
});

describe('non-blocking sockets', () => {
  test('acceptNow() takes who has come, and says when there is nobody', () => {
    const { socket, address } = listen({ family: 'inet', port: 0 });
    using listener = socket;
    setNonBlocking(listener.fd, true);
    expect(acceptNow(listener.fd)).toBeNull();
    using client = connect(address);
    using accepted = acceptNow(listener.fd);
    expect(accepted).not.toBeNull();
    expect(recvBytes(accepted!.fd, Buffer.alloc(1))).toBe(-EAGAIN);
    sendBytes(client.fd, Buffer.from('hello'));
    const got = Buffer.alloc(10);
    expect(recvBytes(accepted!.fd, got)).toBe(5);
    expect(localAddress(accepted!.fd)).toEqual({ host: '127.0.0.1', port: (address as { port: number }).port });
  });
});
