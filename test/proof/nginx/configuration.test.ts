import { expect, test } from 'vitest';
import { nginxConfiguration, quoted } from '#proof/nginx/configuration.ts';

const ways = { off: 'sendfile off;', on: 'sendfile on;', tls: 'sendfile on;' };
const place = { folder: '/run-1/nginx', served: '/run-1', port: 9000 };

test('each way is served below its own name, by one process', () => {
  const text = nginxConfiguration({ ...place, tls: null }, ways);
  expect(text).toContain('master_process off;');
  expect(text).toContain('listen 127.0.0.1:9000;\n    location /off/ { alias "/run-1/"; sendfile off; }');
  expect(text).toContain('location /on/ { alias "/run-1/"; sendfile on; }');
  // Without a certificate nobody encrypts, and nothing is served in clear that was to be encrypted.
  expect(text).not.toContain('/tls/');
  expect(text).not.toContain('ssl');
});

test('what is to be encrypted stands in the server that encrypts, and only there', () => {
  const certificate = { file: '/run-1/server.crt', key: '/run-1/server.key' };
  const text = nginxConfiguration({ ...place, tls: { port: 9001, certificate } }, ways);
  const [clear = '', encrypted = ''] = text.split('listen 127.0.0.1:9001 ssl;');
  expect(clear).not.toContain('/tls/');
  expect(encrypted).toContain('location /tls/ { alias "/run-1/"; sendfile on; }');
  expect(encrypted).toContain('ssl_certificate "/run-1/server.crt";');
  expect(text.split('{').length).toBe(text.split('}').length);
});

test('quoted() keeps a path with spaces, quotes and backslashes in one piece', () => {
  expect(quoted('/a run/x')).toBe('"/a run/x"');
  expect(quoted('/a"b\\c')).toBe('"/a\\"b\\\\c"');
  const text = nginxConfiguration({ folder: '/a run', served: '/a run', port: 9000, tls: null }, ways);
  expect(text.match(/[^"]\/a run/g)).toBeNull();
});
