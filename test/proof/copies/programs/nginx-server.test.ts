import { expect, test } from 'vitest';
import { nginxConfiguration, nginxServer } from '#proof/copies/programs/nginx-server.ts';
import { opensslConfiguration } from '#proof/copies/programs/openssl-configuration.ts';
import { opensslServer } from '#proof/copies/programs/openssl-server.ts';
import type { ProgramLink } from '#proof/copies/programs/server-program.ts';

const place = (link: ProgramLink) => ({
  link,
  port: 4711,
  served: '/run/served',
  folder: '/run/own',
  certificate: { file: '/run/server.crt', key: '/run/server.key' },
});

test('nginxConfiguration() asks for the kernel’s TLS only where it is asked for', () => {
  expect(nginxConfiguration(place('tls13'), true)).toContain('ssl_conf_command Options KTLS;');
  expect(nginxConfiguration(place('user-tls13'), true)).toContain('ssl_conf_command Options -KTLS;');
  const plain = nginxConfiguration(place('tcp'), true);
  expect(plain).toContain('listen 127.0.0.1:4711;');
  expect(plain).not.toContain('ssl');
});

test('nginxConfiguration() turns sendfile on and off, and writes into its own folder only', () => {
  expect(nginxConfiguration(place('tcp'), true)).toContain('sendfile on;');
  const off = nginxConfiguration(place('tls13'), false);
  expect(off).toContain('sendfile off;');
  const written = [...off.matchAll(/^\s*(?:pid|\w+_temp_path) (\S+);$/gm)].map(([, path]) => path);
  expect(written).toHaveLength(6);
  expect(written.every((path) => path?.startsWith('"/run/own/'))).toBe(true);
});

test('opensslConfiguration() says KTLS, or that there is none', () => {
  expect(opensslConfiguration(true)).toMatch(/^Options = KTLS$/m);
  expect(opensslConfiguration(false)).toMatch(/^Options = -KTLS$/m);
});

test('SSL_sendfile() is not asked for where the program encrypts itself', () => {
  expect(opensslServer({ sendfile: true }).links).toEqual(['tls13']);
  expect(nginxServer({ sendfile: true }).links).toContain('user-tls13');
});
