import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '#measure/session.ts';
import { opensslConfiguration } from './openssl-configuration.ts';

/** A certificate that nobody has signed but itself, and its key. */
export interface Certificate {
  readonly file: string;
  readonly key: string;
}

const DEADLINE_MS = 60_000;

/** Makes one for localhost in the run's folder, good for a day. @throws {CannotRunHere} without openssl */
export async function makeCertificate(session: Session): Promise<Certificate> {
  const [file, key, configuration] = ['server.crt', 'server.key', 'certificate.cnf'].map((name) =>
    join(session.folder, name),
  ) as [string, string, string];
  writeFileSync(configuration, opensslConfiguration(false));
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const args = ['req', '-x509', ...kind, '-subj', '/CN=localhost', '-days', '1', '-keyout', key, '-out', file];
  await session.startProgram('openssl', args, { env: { OPENSSL_CONF: configuration } }).succeed(DEADLINE_MS);
  return { file, key };
}
