/** ./zc inspect on real programs: what it says, that nothing is harmed, and that nothing stays behind. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ended, place, startZc, zc } from './zc.ts';

/** Serves one file over HTTP, and prints its port. */
const server = `
const { createServer } = require('node:http'), { createReadStream } = require('node:fs');
createServer((_, reply) => createReadStream(process.argv[1]).pipe(reply)).listen(0, '127.0.0.1', function () {
  console.log(this.address().port);
});`;

function startServer(file: string): ChildProcess {
  return spawn(process.execPath, ['-e', server, file], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function fetched(port: string): Promise<number> {
  return (await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer()).byteLength;
}

const line = async (child: ChildProcess, stream: 'stdout' | 'stderr', text: RegExp): Promise<string> => {
  let said = '';
  for (;;) {
    const [part] = (await once(child[stream] as NodeJS.ReadableStream, 'data')) as [Buffer];
    said += part;
    const found = text.exec(said);
    if (found) return found[1] ?? found[0];
  }
};

describe('./zc inspect -- COMMAND', () => {
  test('reports what cat did, and passes its output through', async () => {
    using home = place();
    const file = join(home.folder, 'a file.bin');
    writeFileSync(file, 'The content of a file. '.repeat(1000));
    const { code, stdout, stderr } = await zc(['inspect', '--', 'cat', file], home);
    expect(code).toBe(0);
    expect(stdout.startsWith(readFileSync(file, 'utf8'))).toBe(true);
    // What a program prints goes into an AF_UNIX socket here: that is what Node gives a child as its output.
    expect(stdout).toMatch(/None of the 22.5 KiB of files .* went by page reference/);
    expect(stderr).toMatch(/^Tracing slows it down/);
  });

  test('--json keeps stdout one document', async () => {
    using home = place();
    const { code, stdout, stderr } = await zc(['inspect', '--json', '--', 'sh', '-c', 'echo hello; exit 7'], home);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, ended: 'by-itself', exitCode: 7, flows: [] });
    expect(code).toBe(0);
    expect(stderr).toContain('hello');
  });

  test('refuses what the system does not take for a program', async () => {
    using home = place();
    const file = join(home.folder, 'no-program');
    writeFileSync(file, 'neither a script nor a program', { mode: 0o755 });
    const { code, stderr } = await zc(['inspect', '--', file], home);
    expect(stderr).toContain('the system does not take it for a program');
    expect(code).toBe(2);
  });

  test('ends a command after --seconds, and tells what was seen', async () => {
    using home = place();
    const { code, stdout } = await zc(['inspect', '--seconds', '1', '--json', '--', 'sleep', '600'], home);
    expect(JSON.parse(stdout)).toMatchObject({ ended: 'time', exitSignal: 'SIGTERM' });
    expect(code).toBe(0);
  });

  test('ends with its command when it is killed itself', async () => {
    using home = place();
    const child = startZc(['inspect', '--', 'sh', '-c', 'sleep 600 & echo $$ $!; wait'], home);
    const pids = await line(child, 'stdout', /(\d+ \d+)\n/);
    child.kill('SIGKILL');
    for (const pid of pids.split(' ')) await gone(Number(pid));
  });

  test('ends a whole tree at Ctrl-C, and tells what was seen', async () => {
    using home = place();
    const child = startZc(['inspect', '--json', '--', 'sh', '-c', 'sleep 600 & echo $$ $!; wait'], home);
    const result = ended(child);
    const pids = await line(child, 'stderr', /(\d+ \d+)\n/);
    child.kill('SIGINT');
    const { code, stdout } = await result;
    expect(JSON.parse(stdout)).toMatchObject({ ended: 'stopped' });
    expect(code).toBe(130);
    for (const pid of pids.split(' ')) await gone(Number(pid));
  });
});

describe('./zc inspect --pid', () => {
  test('tells what a running server did, and lets it go on unharmed', async () => {
    using home = place();
    const file = join(home.folder, 'served.bin');
    writeFileSync(file, Buffer.alloc(300_000, 'abcdefg'));
    const running = startServer(file);
    try {
      const port = await line(running, 'stdout', /(\d+)\n/);
      const child = startZc(['inspect', '--pid', String(running.pid), '--seconds', '60', '--json'], home);
      const result = ended(child);
      await line(child, 'stderr', /are traced/);
      expect(await fetched(port)).toBe(300_000);
      child.kill('SIGINT');
      const { code, stdout } = await result;
      const document = JSON.parse(stdout);
      expect(document).toMatchObject({ ended: 'stopped', referencedBytes: 0 });
      const flows = document.flows.filter((flow: { file: string }) => flow.file === file);
      expect(flows).toMatchObject([{ kind: 'tcp', bytes: 300_000 }]);
      expect(code).toBe(130);
      expect(readFileSync(`/proc/${running.pid}/status`, 'utf8')).toMatch(/^TracerPid:\s+0$/m);
      expect(await fetched(port)).toBe(300_000);
    } finally {
      running.kill();
    }
  });

  test('says that somebody else traces the process already', async () => {
    using home = place();
    const sleeper = spawn('sleep', ['600']);
    const tracer = spawn('strace', ['-o', '/dev/null', '-p', String(sleeper.pid)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      await line(tracer, 'stderr', /attached/);
      const { code, stderr } = await zc(['inspect', '--pid', String(sleeper.pid)], home);
      expect(stderr).toContain(`process ${sleeper.pid} is being traced by process ${tracer.pid} already`);
      expect(code).toBe(3);
    } finally {
      tracer.kill('SIGINT');
      sleeper.kill();
    }
  });
});

/** Waits until a process has ended; one that nobody reaps counts as ended. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : 'State:\tZ';
    if (/^State:\s+[ZX]/m.test(status)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(
    `Expected process ${pid} to end, it still runs: ${execFileSync('ps', ['-o', 'args=', '-p', String(pid)])}`,
  );
}
