import { describe, expect, it } from 'vitest';
import { containersWebappPort } from '../../../checks/containers/webapp-port.ts';
import type { DeployedContainer } from '../../../src/host/answers/deployment.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { coreapp, deployed, described, ended, NOTHING, published, webapp } from './answers.ts';

const TLS = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  trusted: false,
  by: null,
  fault: 'SELF',
  chain: [],
};
const endpoint = (over: Record<string, Json> = {}) => ({
  url: 'https://127.0.0.1:9090',
  from: 'container waweb',
  none: null,
  others: [],
  address: '127.0.0.1',
  steps: [],
  failed: null,
  tls: TLS,
  ...over,
});
const failed = (step: string, kind: string) => ({ step, kind, message: `it came to ${kind}`, code: null });
const of = (web: DeployedContainer, answer: Json | Error = endpoint()) =>
  judged(containersWebappPort, { 'docker "deployment"': deployed(coreapp(), web), 'api "endpoint"': answer });
const inFile = (web: DeployedContainer) =>
  judged(containersWebappPort, { 'docker "deployment"': described(coreapp(), web) });

describe('containers.webapp-port', () => {
  it('passes where it is published and answers, trusted or not', async () => {
    const result = await of(webapp());
    expect(result.outcome).toBe('pass');
    expect(saying(result)).toContain('https://127.0.0.1:9090 answers');
  });
  it.each([
    [[], 'fail', 'fail'],
    [[published(80, 9090)], 'fail', 'fail'],
    [[published(443, 9090, '127.0.0.1')], 'warn', 'warn'],
    [[published(443, 9090, '::1'), published(443, 9090, '127.0.0.1')], 'warn', 'warn'],
    [[published(443, 9090, '10.0.0.1')], 'pass', 'pass'],
    [[published(443, null)], 'pass', 'pass'],
    [[{ ...published(443, 9090), protocol: 'udp' }], 'fail', 'fail'],
  ])('published as %j: %s', async (ports, outcome, file) => {
    expect((await of(webapp({ ports }))).outcome).toBe(outcome);
    expect((await inFile(webapp({ ports }))).outcome).toBe(file);
  });
  it('passes on the network of the host', async () => {
    expect((await of(webapp({ ports: [], networkMode: 'host' }))).outcome).toBe('pass');
  });
  it.each([
    ['tcp', 'refused', 'fail', 'takes no connection'],
    ['tls', 'closed', 'fail', 'nothing behind it answers'],
    ['tls', 'no-answer', 'fail', 'nothing behind it answers'],
    ['tls', 'tls-failed', 'pass', 'no session came about'],
  ])('a connection that fails at %s with %s: %s', async (step, kind, outcome, words) => {
    const result = await of(webapp(), endpoint({ failed: failed(step, kind), tls: null }));
    expect(result.outcome).toBe(outcome);
    expect(saying(result)).toContain(words);
  });
  it('takes a certificate that is not trusted for an answer', async () => {
    expect((await of(webapp(), endpoint({ failed: failed('tls', 'untrusted') }))).outcome).toBe('pass');
  });
  it('says nothing against a Webapp behind a proxy that --api-url names and that answers', async () => {
    const given = endpoint({ url: 'https://api.example.com', from: '--api-url' });
    expect(saying(await of(webapp({ ports: [] }), given))).toContain('the API is reached at https://api.example.com');
    expect((await of(webapp({ ports: [published(443, 9090, '127.0.0.1')] }), given)).outcome).toBe('pass');
    const silent = endpoint({ from: '--api-url', failed: failed('tcp', 'refused'), tls: null });
    expect((await of(webapp({ ports: [] }), silent)).outcome).toBe('fail');
    expect((await of(webapp(), silent)).outcome).toBe('pass');
  });
  it('does not say that it answers where no address is known', async () => {
    const none = endpoint({ url: null, from: null, none: 'the port is not known', tls: null });
    expect((await of(webapp({ ports: [published(443, null)] }), none)).outcome).toBe('skip');
    const fails = await of(webapp({ ports: [] }), none);
    expect(fails.findings).toHaveLength(1);
    expect(fails.outcome).toBe('fail');
  });
  it('leaves a Webapp that does not run to containers.running', async () => {
    expect((await of(webapp({ state: ended(1) }))).message).toContain('containers.running');
  });
  it('is unknown without an answer, and skipped without a deployment', async () => {
    expect((await of(webapp(), new Error('no'))).outcome).toBe('unknown');
    expect((await judged(containersWebappPort, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
