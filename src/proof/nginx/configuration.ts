/** One configuration of nginx in which the same file is served in many ways, each below a folder of its own name. */
import type { Certificate } from '../copies/programs/certificate.ts';

export interface NginxPlace {
  /** Empty folder of its own: everything that nginx writes lies there. */
  readonly folder: string;
  /** Folder that is served. */
  readonly served: string;
  readonly port: number;
  /** Port and certificate of the server that encrypts; null: there is none. */
  readonly tls: { readonly port: number; readonly certificate: Certificate } | null;
}

/** Directives of a way, by its name; `tls` stands in the server that encrypts. */
export type Ways = Readonly<Record<string, string>>;

/** Ways whose name begins so are served by the server that encrypts. */
export const encrypts = (way: string): boolean => way.startsWith('tls');

/** A path as one argument of a directive, also with spaces in it. */
export function quoted(path: string): string {
  return `"${path.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** The file's text: one process in the foreground. */
export function nginxConfiguration({ folder, served, port, tls }: NginxPlace, ways: Ways): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const locations = (wanted: boolean) =>
    Object.entries(ways)
      .filter(([way]) => encrypts(way) === wanted)
      .map(([way, directives]) => `    location /${way}/ { alias ${quoted(`${served}/`)}; ${directives} }`)
      .join('\n');
  return `daemon off;
master_process off;
pid ${quoted(`${folder}/nginx.pid`)};
error_log stderr;
events { worker_connections 16; }
http {
  access_log off;
  keepalive_timeout 0;
${temporary.map((name) => `  ${name}_temp_path ${quoted(`${folder}/${name}`)};`).join('\n')}
  server {
    listen 127.0.0.1:${port};
${locations(false)}
  }
${tls ? tlsServer(tls, locations(true)) : ''}}
`;
}

function tlsServer({ port, certificate }: NonNullable<NginxPlace['tls']>, locations: string): string {
  return `  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${quoted(certificate.file)};
    ssl_certificate_key ${quoted(certificate.key)};
    ssl_protocols TLSv1.3;
${locations}
  }
`;
}
