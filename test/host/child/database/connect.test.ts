import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../../src/host/child/database/connect.ts';
import type { TlsMode } from '../../../../src/host/login.ts';
import { type Certificates, certificates, noCertificates } from '../../../support/certificates.ts';
import { orderOf } from '../../../support/database-order.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../../../support/postgres.ts';
import { startRogue } from '../../../support/rogue.ts';
import { greeting, ROGUE_MYSQL } from '../../../support/rogue-mysql.ts';
import { ROGUE_POSTGRES } from '../../../support/rogue-postgres.ts';
import { freePort } from '../../../support/server-process.ts';
import { titled } from '../../../support/titled.ts';

/** A label of a name has at most 63 letters: no name server is asked for this one. */
const NOBODY = `${'n'.repeat(64)}.invalid`;

describe.each(['mysql', 'postgresql'] as const)('the way to %s', (engine) => {
  it('names a port that nobody listens on', async () => {
    const told = await connect(orderOf({ engine, port: await freePort() }));
    expect(told).toMatchObject({ address: null, steps: [], addresses: ['127.0.0.1'], tlsOffered: null });
    expect(told.failed).toMatchObject({ step: 'tcp', kind: 'refused', code: 'ECONNREFUSED' });
  });

  it('names a name that does not exist', async () => {
    const told = await connect(orderOf({ engine, host: NOBODY, port: 1 }));
    expect(told).toMatchObject({ target: `${NOBODY}:1`, addresses: [], via: 'host' });
    expect(told.failed).toMatchObject({ step: 'dns', kind: 'no-such-host' });
  });

  it.each(['n'.repeat(300), '\u{fffd}'])('names a name that can be none: %#', async (host) => {
    const { failed } = await connect(orderOf({ engine, host, port: 1 }));
    expect(failed).toMatchObject({ step: 'dns', kind: 'no-such-host' });
  });

  it('names an address to which there is no way, in plain words', async () => {
    const { failed } = await connect(orderOf({ engine, host: '255.255.255.255', port: 1 }));
    expect(failed).toMatchObject({ step: 'tcp', kind: 'unreachable', message: expect.stringMatching(/255:1$/) });
  });

  it('takes an address that was found elsewhere in place of the name', async () => {
    const told = await connect(orderOf({ engine, host: NOBODY, port: await freePort() }, '127.0.0.1'));
    expect(told).toMatchObject({ via: 'client-network', addresses: ['127.0.0.1'], failed: { step: 'tcp' } });
  });

  it('names a socket that is not there', async () => {
    const told = await connect(orderOf({ engine, socket: '/nowhere/at/all.sock' }));
    expect(told).toMatchObject({ target: '/nowhere/at/all.sock', addresses: [] });
    expect(told.failed).toMatchObject({ step: 'tcp', kind: 'refused', code: 'ENOENT' });
  });

  it('writes an address of IPv6 so that its port can be told', async () => {
    const port = await freePort();
    const told = await connect(orderOf({ engine, host: '::1', port }));
    expect(told.target).toBe(`[::1]:${port}`);
  });

  it('ends before it begins where the TLS files are none', async () => {
    const told = await connect(orderOf({ engine, port: 1, tls: { mode: 'verify', ca: 'none' } }));
    expect(told).toMatchObject({ steps: [], failed: { step: 'tls', kind: 'tls-failed' } });
    expect(told.failed?.message).toMatch(/^the TLS files of the login cannot be used: /);
  });
});

const noTls = noCertificates();
describe('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'connect-'));
  let made: Certificates | null = null;
  let server: PostgresServer | null = null;
  const noServer = noTls ?? noPostgres('13');
  beforeAll(async () => {
    if (noTls) return;
    made = certificates(folder);
    if (noServer) return;
    chmodSync(folder, 0o755);
    server = await startPostgres('13', {
      tls: made.good,
      settings: [`ssl_ca_file=${made.caFile}`],
      hba: [
        'hostssl all localhost 127.0.0.1/32 cert',
        'hostnossl all plain 127.0.0.1/32 scram-sha-256',
        'hostssl all plain 127.0.0.1/32 reject',
      ],
    });
    await server.sql("CREATE ROLE localhost LOGIN; CREATE ROLE plain LOGIN PASSWORD 'S3cr3t!x'");
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  it.skipIf(noServer)(titled('shows a certificate of its own where the server asks for one', noServer), async () => {
    const port = server?.port ?? 0;
    const { good, ca } = made ?? {};
    const own = { ca: ca ?? null, certificate: good?.certificate ?? null, key: good?.key ?? null };
    const told = await connect(
      orderOf({ port, host: 'localhost', user: 'localhost', tls: { mode: 'verify', ...own } }),
    );
    expect(told).toMatchObject({ failed: null, tlsOffered: true, tls: { verified: true, fault: null } });
    const without = await connect(orderOf({ port, user: 'localhost', tls: { mode: 'require' } }));
    expect(without.failed).toMatchObject({ step: 'login', kind: 'denied' });
  });

  it.skipIf(noServer)(
    titled('is done without where it is preferred and the server will not have it', noServer),
    async () => {
      const port = server?.port ?? 0;
      const told = await connect(orderOf({ port, user: 'plain' }));
      expect(told).toMatchObject({ failed: null, tls: null, tlsOffered: true });
      const strict = await connect(orderOf({ port, user: 'plain', tls: { mode: 'require' } }));
      expect(strict.failed).toMatchObject({ step: 'login', kind: 'denied' });
    },
  );

  /** A server that speaks no TLS later than 1.1: what it says first, how long the question for TLS is, and its answer. */
  const OLD = {
    mysql: { greets: greeting({ tls: true }), asked: 36, says: '' },
    postgresql: { greets: Buffer.alloc(0), asked: 8, says: 'S' },
  };
  const startOld = async ({ greets, asked, says }: (typeof OLD)['mysql']) => {
    const good = made?.good;
    const secureContext = createSecureContext({
      cert: good?.certificate,
      key: good?.key,
      ciphers: 'ALL:@SECLEVEL=0',
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
    });
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write(greets);
      const hear = () => {
        if (socket.read(asked) === null) return;
        socket.off('readable', hear);
        socket.write(says);
        new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => {});
      };
      socket.on('readable', hear);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return { port: (server.address() as AddressInfo).port, stop: () => server.close() };
  };
  it.skipIf(noTls).each(['mysql', 'postgresql'] as const)(
    titled('of an old kind is named: %s', noTls),
    async (engine) => {
      const old = await startOld(OLD[engine]);
      const told = await connect(orderOf({ engine, port: old.port, tls: { mode: 'require' } }));
      expect(told.failed).toMatchObject({ step: 'tls', kind: 'tls-failed' });
      expect(told.failed?.message).toMatch(/no TLS that is still safe \(1\.2 or later\)/);
      old.stop();
    },
  );

  it.each(['require', 'verify'] as const)(
    'is not given up for a server that offers none: %s',
    async (mode: TlsMode) => {
      for (const [engine, serve] of [
        ['mysql', ROGUE_MYSQL['a silent login']],
        ['postgresql', ROGUE_POSTGRES['a silent login']],
      ] as const) {
        const rogue = await startRogue(serve);
        const told = await connect(orderOf({ engine, port: rogue.port, tls: { mode } }));
        expect(told).toMatchObject({ tlsOffered: false, failed: { step: 'tls', kind: 'tls-not-offered' } });
        // The question for TLS at most: no name, no password.
        expect(rogue.heard().length).toBeLessThanOrEqual(8);
        await rogue.stop();
      }
    },
  );
});
