import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quoted } from '../../nginx/configuration.ts';
import { cipherSuite, type ProgramLink, type ServerPlace, type ServerProgram } from './server-program.ts';

/** nginx in the foreground, one process, with or without sendfile. */
export function nginxServer({ sendfile }: { sendfile: boolean }): ServerProgram {
  return {
    program: 'nginx',
    // Where it encrypts itself it does not call sendfile, whether that is on or off.
    links: sendfile ? ['tcp', 'user-tls13', 'tls13'] : ['tls13'],
    configure(place) {
      const file = join(place.folder, 'nginx.conf');
      writeFileSync(file, nginxConfiguration(place, sendfile));
      return { args: ['-p', place.folder, '-c', file, '-e', 'stderr'] };
    },
  };
}

/** Everything that nginx writes lies in its own folder. */
export function nginxConfiguration(
  { link, port, served, folder, certificate }: ServerPlace,
  sendfile: boolean,
): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off;
master_process off;
pid ${quoted(`${folder}/nginx.pid`)};
error_log stderr;
events { worker_connections 16; }
http {
  access_log off;
  sendfile ${sendfile ? 'on' : 'off'};
  keepalive_timeout 0;
${temporary.map((name) => `  ${name}_temp_path ${quoted(`${folder}/${name}`)};`).join('\n')}
  server {
    listen 127.0.0.1:${port}${link === 'tcp' ? '' : ' ssl'};
    root ${quoted(served)};
${link === 'tcp' ? '' : tlsDirectives(link, certificate)}  }
}
`;
}

/** ssl_conf_command: nginx 1.19.4. */
function tlsDirectives(link: ProgramLink, certificate: ServerPlace['certificate']): string {
  return `    ssl_certificate ${quoted(certificate.file)};
    ssl_certificate_key ${quoted(certificate.key)};
    ssl_protocols TLSv1.3;
    ssl_conf_command Ciphersuites ${cipherSuite};
    ssl_conf_command NumTickets 0;
    ssl_conf_command Options ${link === 'tls13' ? 'KTLS' : '-KTLS'};
`;
}
