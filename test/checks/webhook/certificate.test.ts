import { describe, expect, it } from 'vitest';
import { webhookCertificate } from '../../../checks/webhook/certificate.ts';
import type { Certificate, TlsSession } from '../../../src/host/answers/connection.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { failure, installedAnswers, port, reach, refused } from '../network/answers.ts';

const HOST = 'hooks.example.com';
const NOW = Date.parse('2026-11-22T12:00:00Z');
const DAY = 86_400_000;
const SIDES = ['host', 'coreapp'] as const;
const UPLOADED = 'api "webhooks-ca-chain"';

const at = (days: number) => new Date(NOW + days * DAY).toISOString();
const certificate = (subject: string, change: Partial<Certificate> = {}): Certificate => ({
  ...{ subject: `CN=${subject}`, issuer: 'CN=Own CA', validFrom: at(-10), validTo: at(300), fingerprint: subject },
  ...{ selfSigned: false, names: subject === HOST ? [`DNS:${HOST}`] : [], keyBits: 2048 },
  ...change,
});
const LEAF = certificate(HOST);
const CA = certificate('Own CA', { selfSigned: true });

const shown = (by: string | null, fault: string | null, chain: readonly Certificate[] = [LEAF, CA]) => {
  const session: TlsSession = {
    protocol: 'TLSv1.3',
    cipher: 'X',
    trusted: fault === null,
    by,
    fault,
    chain: [...chain],
  };
  return Object.assign({}, ...SIDES.map((side) => reach(side, HOST, [port('443/webhook', session)])));
};
const uploaded = (chain: readonly Certificate[], why: string | null = null) => ({
  [UPLOADED]: { chain, why } as unknown as Json,
});
const ask = (...over: readonly object[]) => judged(webhookCertificate, Object.assign({}, installedAnswers, ...over));

describe('webhook.certificate', () => {
  it('passes what a public authority or the uploaded one issued', async () => {
    expect(saying(await ask(shown('public', null)))).toMatch(/^pass\n.*public authority/);
    expect(saying(await ask(shown('webhooks CA', null), uploaded([CA])))).toMatch(/^pass\n.*uploaded for webhooks/);
  });
  it.each([
    ['nothing was uploaded', uploaded([]), 'fail', 'no CA was uploaded'],
    ['another one was', uploaded([certificate('Other CA')]), 'fail', '(Other CA) neither'],
    ['it is not known what was', uploaded([], 'the API answered with 403'), 'unknown', '403'],
  ])('one that nobody vouches for, where %s', async (_, over, outcome, words) => {
    for (const fault of [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ]) {
      const result = await ask(shown(null, fault), over);
      expect(result.outcome).toBe(outcome);
      expect(saying(result)).toContain(words);
    }
  });
  it('fails one for another name, and only for that', async () => {
    const other = shown(null, 'ERR_TLS_CERT_ALTNAME_INVALID', [certificate('x', { names: ['DNS:www.example.com'] })]);
    const result = await ask(other);
    expect(result).toMatchObject({ outcome: 'fail', findings: [{ subject: HOST }] });
    expect(result.message).toContain('is for www.example.com, not for hooks.example.com');
  });
  it.each([
    [-0.001, 'fail', 'expired on 2026-11-22'],
    [0, 'fail', 'expired on 2026-11-22'],
    [30, 'warn', 'in 30 days'],
    [30.001, 'pass', 'public authority'],
  ])('a leaf that ends in %f days', async (days, outcome, words) => {
    const fault = days <= 0 ? 'CERT_HAS_EXPIRED' : null;
    const result = await ask(shown(fault ? null : 'public', fault, [{ ...LEAF, validTo: at(days) }]));
    expect(result.outcome).toBe(outcome);
    expect(saying(result)).toContain(words);
  });
  it('a leaf that is not valid yet', async () => {
    const result = await ask(shown(null, 'CERT_NOT_YET_VALID', [{ ...LEAF, validFrom: at(1) }]));
    expect(saying(result)).toMatch(/^fail\n.*not valid before 2026-11-23/);
  });
  it('an authority that has expired harms where it is needed, and only looks bad where it is not', async () => {
    const old = { ...CA, validTo: at(-1) };
    expect((await ask(shown('public', null, [LEAF, old]))).outcome).toBe('warn');
    expect((await ask(shown(null, 'CERT_HAS_EXPIRED', [LEAF, old]))).outcome).toBe('fail');
    expect((await ask(shown('webhooks CA', null, [LEAF]), uploaded([{ ...CA, validTo: at(9) }]))).outcome).toBe('warn');
    expect((await ask(shown('public', null, [LEAF]), uploaded([{ ...CA, validTo: at(9) }]))).outcome).toBe('pass');
    const once = await ask(
      shown('webhooks CA', null, [LEAF, { ...CA, validTo: at(9) }]),
      uploaded([{ ...CA, validTo: at(9) }]),
    );
    expect(once.findings.filter(({ outcome }) => outcome === 'warn')).toHaveLength(1);
  });
  it('is skip where nothing was shown, and cannot tell without an answer', async () => {
    const down = Object.assign(
      {},
      ...SIDES.map((side) => reach(side, HOST, [port('443/webhook', failure('tcp', 'refused'))])),
    );
    expect(await ask(down)).toMatchObject({ outcome: 'skip', findings: [{ subject: 'webhook.reachable' }] });
    expect((await ask(refused(UPLOADED))).outcome).toBe('unknown');
  });
});
