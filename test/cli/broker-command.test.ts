import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Client } from '../broker/client.ts';
import { createTopic, fetched, produced, take } from '../broker/traffic.ts';
import { ended, place, startZc, zc } from './zc.ts';

describe('./zc broker', () => {
  it.each(['copying', 'mapped', 'sendfile'])(
    'serves a folder by %s until Ctrl-C, and its records the next time',
    async (path) => {
      using home = place();
      const data = join(home.folder, 'data');
      const stored: Buffer[] = [];
      for (const round of [1, 2]) {
        const child = startZc(['broker', '--data', data, '--listen', 'localhost:0', '--fetch', path, '--json'], home);
        const [line] = (await once(child.stdout!, 'data')) as [Buffer];
        const said = JSON.parse(String(line));
        expect(said).toEqual({
          schemaVersion: 1,
          host: '127.0.0.1',
          port: expect.any(Number),
          fetch: path,
          folder: data,
        });
        using client = await Client.connect(said.port);
        if (round === 1) {
          await createTopic(client, 'events');
          stored.push(await produced(client, 'events', take(20, 9)));
        }
        expect((await fetched(client, 'events', 2 ** 16)).equals(Buffer.concat(stored))).toBe(true);
        const end = ended(child);
        child.kill('SIGINT');
        expect(await end).toEqual({ code: 0, stdout: '', stderr: '\nStopping …\n' });
      }
    },
  );

  it('says where it listens', async () => {
    using home = place();
    const child = startZc(['broker', '--data', join(home.folder, 'data'), '--listen', '127.0.0.1:0'], home);
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    expect(String(line)).toMatch(
      /^A broker listens on 127\.0\.0\.1:\d+ and sends by sendfile; its logs are in .*data {3}\(Ctrl-C ends it\)\n$/,
    );
    const end = ended(child);
    child.kill('SIGTERM');
    expect((await end).code).toBe(0);
  });

  it('refuses a busy port and a folder in use with exit code 3', async () => {
    using home = place();
    const data = join(home.folder, 'data');
    const child = startZc(['broker', '--data', data, '--listen', '127.0.0.1:0', '--json'], home);
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    const { port } = JSON.parse(String(line));
    expect(await zc(['broker', '--data', join(home.folder, 'other'), '--listen', `127.0.0.1:${port}`], home)).toEqual({
      code: 3,
      stdout: '',
      stderr: `zc: Cannot listen on 127.0.0.1:${port}: the port is busy, so give another with --listen, or port 0 to take a free one.\n`,
    });
    const { code, stderr } = await zc(['broker', '--data', data, '--listen', '127.0.0.1:0'], home);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^zc: Cannot .*data.*\n$/);
    const end = ended(child);
    child.kill('SIGINT');
    await end;
  });

  it.each([
    [['broker'], "required option '--data <folder>' not specified"],
    [
      ['broker', '--data', 'x', '--listen', 'nowhere'],
      "Expected an IPv4 address and a port, such as 127.0.0.1:9092, found 'nowhere'.",
    ],
    [['broker', '--data', 'x', '--listen', '1.2.3.4:99999'], "Expected a port from 0 to 65535, found '99999'."],
    [['broker', '--data', 'x', '--fetch', 'magic'], 'Allowed choices are sendfile, copying, mapped, tls, kernel-tls.'],
    [
      ['broker', '--data', 'x', '--fetch', 'tls'],
      'Expected --tls-key FILE and --tls-certificate FILE with --fetch tls',
    ],
    [
      ['broker', '--data', 'x', '--fetch', 'kernel-tls', '--tls-key', 'k'],
      'Expected --tls-key FILE and --tls-certificate FILE with --fetch kernel-tls',
    ],
    [['broker', '--data', 'x', '--tls-key', 'k'], 'Expected --fetch tls or kernel-tls with a key or a certificate'],
    [
      ['broker', '--data', 'x', '--fetch', 'tls', '--tls-key', 'none', '--tls-certificate', 'package.json'],
      'Expected a key and its certificate as PEM in none and package.json: ENOENT',
    ],
    [
      ['broker', '--data', 'x', '--fetch', 'tls', '--tls-key', 'package.json', '--tls-certificate', 'package.json'],
      'Expected a key and its certificate as PEM in package.json and package.json: ',
    ],
  ])('refuses %j with exit code 2', async (args, said) => {
    using home = place();
    const { code, stdout, stderr } = await zc(args, home);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
  });
});
