import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { opensslConfiguration } from './openssl-configuration.ts';
import { cipherSuite, type ServerProgram } from './server-program.ts';

/** `openssl s_server -WWW`, openssl-s_server(1). */
export function opensslServer({ sendfile }: { sendfile: boolean }): ServerProgram {
  return {
    program: 'openssl',
    // -sendfile is SSL_sendfile(3), which needs the kernel's TLS.
    links: sendfile ? ['tls13'] : ['user-tls13', 'tls13'],
    configure({ link, port, folder, certificate }) {
      const configuration = join(folder, 'openssl.cnf');
      writeFileSync(configuration, opensslConfiguration(link === 'tls13'));
      const args = [
        's_server',
        '-WWW',
        '-accept',
        `127.0.0.1:${port}`,
        '-cert',
        certificate.file,
        '-key',
        certificate.key,
      ];
      const tls = ['-tls1_3', '-ciphersuites', cipherSuite, '-num_tickets', '0'];
      return { args: [...args, ...tls, ...(sendfile ? ['-sendfile'] : [])], env: { OPENSSL_CONF: configuration } };
    },
  };
}
