import { describe, expect, it } from 'vitest';
import { securityApiKey } from '../../../checks/security/api-key.ts';
import { securitySamplePasswords } from '../../../checks/security/sample-passwords.ts';
import { securitySecret } from '../../../checks/security/secret.ts';
import type { AnyCheck } from '../../../src/check.ts';
import type { DeployedContainer, Variable } from '../../../src/host/answers/deployment.ts';
import { judged, saying } from '../../support/judged.ts';
import {
  coreapp,
  deployed,
  described,
  ended,
  hidden,
  NOTHING,
  told,
  webapp,
  withVariable,
} from '../containers/answers.ts';

const of = (check: AnyCheck, ...containers: readonly DeployedContainer[]) =>
  judged(check, { 'docker "deployment"': deployed(...containers) });
const given = (container: DeployedContainer, ...variables: readonly Variable[]) =>
  variables.reduce((one, variable) => withVariable(one, variable.name, variable), container);

/** The same containers as a second deployment on this host. */
const second = (one: DeployedContainer) => ({
  ...one,
  name: `b-${one.name}`,
  compose: { project: 'b', service: one.name, folder: null, files: [] },
});

describe('security.secret', () => {
  const key = (group: number, length = 32) => hidden('WA_SECRET', group, length);

  it('passes where it is the same on both sides, and where it is set nowhere within one host', async () => {
    expect((await of(securitySecret, given(coreapp(), key(1)), given(webapp(), key(1)))).outcome).toBe('pass');
    const none = await of(securitySecret, coreapp(), webapp());
    expect(none).toMatchObject({ outcome: 'pass', message: expect.stringContaining('set nowhere') });
  });
  it('fails where one side has none, or an empty one, or another one', async () => {
    expect((await of(securitySecret, given(coreapp(), key(1)), webapp())).message).toContain('is not set in waweb');
    expect((await of(securitySecret, given(coreapp(), key(1)), given(webapp(), key(2, 0)))).outcome).toBe('fail');
    const other = await of(securitySecret, given(coreapp(), key(1)), given(webapp(), key(2)));
    expect(other.message).toContain('wacore differ from waweb');
  });
  it('warns without one where the cluster goes beyond this host', async () => {
    const away = [told('WA_APP_MULTICONNECT', '1'), told('COREAPP_HOSTNAME', 'wa-1.example.com')];
    expect((await of(securitySecret, given(coreapp(), ...away))).outcome).toBe('warn');
    expect((await of(securitySecret, given(coreapp(), ...away, key(1)))).outcome).toBe('pass');
  });
  it('lets two deployments have one each, and leaves a stopped left-over alone', async () => {
    const [core, web] = [given(coreapp(), key(1)), given(webapp(), key(1))];
    const two = [second(given(coreapp(), key(2))), second(given(webapp(), key(2)))];
    expect((await of(securitySecret, core, web, ...two)).outcome).toBe('pass');
    const old = { ...coreapp(), id: 'old', name: 'old', state: ended(0) };
    expect((await of(securitySecret, core, web, old)).outcome).toBe('pass');
  });
});

describe('security.api-key', () => {
  const key = (length: number, group = 1, sample = false) =>
    given(webapp(), hidden('WA_API_KEY', group, length, sample));

  it.each([
    [11, 'fail'],
    [12, 'pass'],
    [128, 'pass'],
    [129, 'fail'],
    [0, 'skip'],
  ])('%i characters: %s', async (length, outcome) => {
    expect((await of(securityApiKey, coreapp(), key(length))).outcome).toBe(outcome);
  });
  it('warns of a sample, and is skipped without one', async () => {
    expect((await of(securityApiKey, coreapp(), key(12, 1, true))).outcome).toBe('warn');
    expect((await of(securityApiKey, coreapp(), webapp())).outcome).toBe('skip');
    const file = { 'docker "deployment"': described(coreapp(), key(40)) };
    expect((await judged(securityApiKey, file)).outcome).toBe('pass');
  });
  it('warns where Webapps of one deployment have different ones, and not of two deployments', async () => {
    const result = await of(securityApiKey, coreapp(), key(40), { ...key(41, 2), name: 'waweb2', id: 'id-of-waweb2' });
    expect(result.outcome).toBe('warn');
    const two = await of(securityApiKey, coreapp(), key(40), second(coreapp()), second(key(41, 2)));
    expect(two.outcome).toBe('pass');
  });
});

describe('security.sample-passwords', () => {
  const sample = (name: string) => hidden(name, 1, 8, true);

  it('passes where none is a sample', async () => {
    expect((await of(securitySamplePasswords, coreapp(), webapp())).outcome).toBe('pass');
  });
  it('warns once for each variable, of the database and the monitoring too, whatever the profile', async () => {
    const containers = [
      given(coreapp(), sample('WA_DB_PASSWORD')),
      given(webapp(), sample('WA_DB_PASSWORD')),
      given(coreapp({ name: 'db', role: 'database' }), sample('MYSQL_ROOT_PASSWORD')),
      given(coreapp({ name: 'grafana', role: 'monitoring' }), sample('GF_SECURITY_ADMIN_PASSWORD')),
    ];
    const result = await of(securitySamplePasswords, ...containers);
    expect(result.findings.map(({ outcome, subject }) => [outcome, subject])).toEqual([
      ['warn', 'WA_DB_PASSWORD'],
      ['warn', 'MYSQL_ROOT_PASSWORD'],
      ['warn', 'GF_SECURITY_ADMIN_PASSWORD'],
    ]);
    expect(result.message).toContain('(wacore, waweb)');
  });
  it('leaves the API key to security.api-key, and a stopped left-over alone', async () => {
    expect((await of(securitySamplePasswords, coreapp(), given(webapp(), sample('WA_API_KEY')))).outcome).toBe('pass');
    const old = { ...given(coreapp(), sample('WA_DB_PASSWORD')), name: 'old', state: ended(0) };
    expect((await of(securitySamplePasswords, coreapp(), webapp(), old)).outcome).toBe('pass');
  });
  it('judges the file of an upgrade', async () => {
    const upgrade = given(coreapp({ name: 'dbupgrade', role: 'upgrade' }), sample('WA_DB_PASSWORD'));
    const file = { 'docker "deployment"': described(upgrade) };
    expect(saying(await judged(securitySamplePasswords, file))).toContain('WA_DB_PASSWORD');
  });
});

describe.each([securitySecret, securityApiKey, securitySamplePasswords])('$id', (check) => {
  it('is unknown without an answer, and skipped without a deployment', async () => {
    expect((await judged(check, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
    expect((await judged(check, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
