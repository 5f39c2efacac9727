import { describe, expect, it } from 'vitest';
import { isSecret, variableWords } from '../../../../src/host/live/docker/variables.ts';

const told = (env: Readonly<Record<string, string | null>>) => variableWords()(env);
const only = (name: string, value: string | null) => told({ [name]: value })[0];

describe('variables as they are told', () => {
  it.each([
    ['WA_DB_HOSTNAME', 'db-1.internal', 'db-1.internal'],
    ['WA_DB_USERNAME', 'wa@server', 'wa@server'],
    ['WA_DB_SSL_CA', '/opt/certs/ca.pem', '/opt/certs/ca.pem'],
    ['WACORE_HOSTNAME', '', ''],
    ['WA_DB_HOSTNAME', 'mysql://wa:canary@db', 'mysql://***@db'],
    ['WA_DB_HOSTNAME', 'wa:can/ary@db', '***@db'],
    ['HTTPS_PROXY', 'http://me:c@nary@proxy:3128', 'http://***@proxy:3128'],
    ['WA_DB_SSL_CA', '-----BEGIN CERTIFICATE-----\nMII', null],
    ['WA_WEB_SERVERNAME', 'x'.repeat(1025), null],
  ])('%s=%s as %j', (name, value, word) => {
    expect(only(name, value)).toEqual({ name, value: word, secret: null });
  });
  it.each(['PATH', 'HOME', 'NOTES', 'WA_SOMETHING_NEW', 'APP_URL'])('%s by its name alone', (name) => {
    expect(only(name, 'canary')).toEqual({ name, value: null, secret: null });
  });
  it.each([
    ...['WA_DB_PASSWORD', 'WA_SECRET', 'WA_API_KEY', 'WA_WEB_JWT_CRYPTO_KEY', 'MYSQL_ROOT_PASSWORD', 'MYSQL_PWD'],
    ...['DATA_SOURCE_NAME', 'GF_SMTP_PASSWORD', 'some_token', 'WA_DB_SSL_KEY', 'PIN', 'AWS_CREDENTIALS', 'SENTRY_DSN'],
  ])('%s as a secret', (name) => {
    expect(isSecret(name)).toBe(true);
    expect(only(name, 'canary7')).toEqual({ name, value: null, secret: { length: 7, group: 1, sample: false } });
  });
  it('a secret that is empty, or of other letters, by the number of these', () => {
    expect(only('WA_SECRET', '')?.secret).toMatchObject({ length: 0, sample: false });
    expect(only('WA_SECRET', 'ä\u{1F600}')?.secret).toMatchObject({ length: 2 });
  });
  it.each(['testpass', 'user123pwd', 'secret', 'admin', 'wa:testpass@(db:3306)/', 'mysql://wa:testpass@db/'])(
    '%s as a sample',
    (value) => {
      expect(only('DATA_SOURCE_NAME', value)?.secret?.sample).toBe(true);
    },
  );
  it.each(['Testpass', 'testpass1', 'wa:mytestpass@(db:3306)/', 'testpass@db'])('%s as none', (value) => {
    expect(only('WA_DB_PASSWORD', value)?.secret?.sample).toBe(false);
  });
  it('equal values of a variable share a number, in all containers of a deployment', () => {
    const words = variableWords();
    const groups = (env: Readonly<Record<string, string>>) => words(env).map(({ secret }) => secret?.group);
    expect(groups({ WA_SECRET: 'one', WA_API_KEY: 'two' })).toEqual([1, 1]);
    expect(groups({ WA_SECRET: 'two', WA_API_KEY: 'two' })).toEqual([1, 2]);
    expect(groups({ WA_SECRET: 'one' })).toEqual([1]);
  });
  it('one whose value is not known by its name', () => {
    expect(only('WA_DB_PASSWORD', null)).toEqual({ name: 'WA_DB_PASSWORD', value: null, secret: null });
  });
  it('the known ones before all others, 300 at most, each name cut', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${'A'.repeat(300)}${at}`, 'x']));
    const words = told({ ...many, WA_DB_ENGINE: 'MYSQL' });
    expect(words).toHaveLength(300);
    expect(words[0]).toEqual({ name: 'WA_DB_ENGINE', value: 'MYSQL', secret: null });
    expect(words[1]?.name).toHaveLength(256);
  });
});
