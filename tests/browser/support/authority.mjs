// A certificate authority of the test's own, and a certificate that it signed for localhost and for
// further names.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kNewKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

// {authority, certificate, key}: PEM files; remove() at the end.
export async function makeAuthority(names = []) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'koeru-authority-'));
  const file = (name) => path.join(folder, name);
  const openssl = (...args) => run('openssl', args, { timeout: 30_000 });
  await openssl('req', '-x509', ...kNewKey, '-subj', '/CN=Koeru test authority', '-days', '2',
    '-keyout', file('ca.key'), '-out', file('ca.pem'));
  await openssl('req', ...kNewKey, '-subj', '/CN=localhost', '-keyout', file('key.pem'), '-out',
    file('request.pem'));
  const all = ['DNS:localhost', 'IP:127.0.0.1', ...names.map((name) => `DNS:${name}`)];
  await writeFile(file('names'), `subjectAltName=${all.join()}\n`);
  await openssl('x509', '-req', '-in', file('request.pem'), '-CA', file('ca.pem'), '-CAkey',
    file('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', file('names'), '-out',
    file('cert.pem'));
  return {
    authority: file('ca.pem'),
    certificate: file('cert.pem'),
    key: file('key.pem'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
