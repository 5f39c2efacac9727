import { describe, expect, it } from 'vitest';
import { databasePrivileges } from '../../../checks/database/privileges.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, login, over, refused } from './answers.ts';

const EIGHT = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP';
const mysql = (grants: readonly string[], more: { [key: string]: Json } = {}, prefix = 'wa_') =>
  judged(databasePrivileges, {
    ...login({ prefix }),
    'database "rights"': { ...(answers['database "rights"'] as object), grants: [...grants], ...more },
  });
const postgresql = (change: { [key: string]: Json }, prefix = 'wa_') =>
  judged(databasePrivileges, {
    ...login({ engine: 'postgresql', prefix }),
    'database "rights"': {
      ...{ engine: 'postgresql', currentUser: 'wa', superuser: false, createDatabase: false },
      ...{ roles: [], databases: [], cut: false, ...change },
    },
  });
const database = (name: string, connect = true, create = true, owner = false) => ({ name, owner, connect, create });

describe('database.privileges on MySQL', () => {
  it('passes what is needed and no more', async () => {
    const result = await judged(databasePrivileges, answers);
    expect(saying(result)).toBe(`pass\nwa@% has ${EIGHT} on databases wa_...`);
    expect(result.measured).toMatchObject({ value: 'wa@%', display: 'wa@%: all that is needed' });
  });

  it('fails and lists what is missing, down to a single right', async () => {
    const result = await mysql(['GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX ON *.* TO `wa`@`%`']);
    expect(saying(result)).toBe('fail\nwa@% lacks DROP on databases wa_...');
    expect(result.findings[0]?.remedy).toContain('ON `wa\\_%`.* TO');
    const bare = await mysql(['GRANT USAGE ON *.* TO `wa`@`%`'], {}, '');
    expect(saying(bare)).toBe(`fail\nwa@% lacks ${EIGHT} on all databases`);
    expect(bare.findings[0]?.remedy).toContain('ON *.* TO');
  });

  it('warns of far more than needed, beside what is missing', async () => {
    const root = await mysql(['GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION']);
    expect(saying(root)).toMatch(/^warn\n.*\n.*far more than the client needs: ALL, GRANT OPTION on \*\.\*/);
    const many = 'SUPER,FILE,SHUTDOWN,CREATE USER,ROLE_ADMIN,BINLOG_ADMIN,CLONE_ADMIN,AUDIT_ADMIN';
    const both = await mysql([`GRANT ${many} ON *.* TO \`wa\`@\`%\``]);
    expect(both.outcome).toBe('fail');
    expect(both.findings[1]).toMatchObject({ outcome: 'warn', message: expect.stringContaining('and 2 more') });
  });

  it('counts what an idle role would give as missing, and says so', async () => {
    const idle = await mysql(['GRANT USAGE ON *.* TO `wa`@`%`', 'GRANT `app`@`%` TO `wa`@`%`']);
    expect(saying(idle)).toContain(
      'its roles app are not active after login, so what they would give counts as missing',
    );
    expect(idle.findings[0]?.remedy).toContain('SET DEFAULT ROLE');
  });

  it.each([
    ['of the prefix', ['GRANT USAGE ON *.* TO `wa`@`%`'], {}, "ON `wa\\_%`.* TO 'wa'@'%'"],
    ['of a name with quotes', [], { currentUser: "o'brien@10.%" }, "TO 'o''brien'@'10.%'"],
    [
      'that a partial revoke takes',
      ['REVOKE INSERT ON `wa_x`.* FROM `wa`@`%`'],
      { partialRevokes: true },
      'ON `wa_x`.*',
    ],
    ['that a closer grant hides', ['GRANT SELECT ON `wa\\_x`.* TO `wa`@`%`'], {}, 'ON `wa\\_x`.*'],
    ['without wildcards', [], { partialRevokes: true }, 'ON *.* TO'],
  ])('tells the statement that gives what is missing: rights %s', async (_, lines, more, statement) => {
    const all = lines[0]?.includes('wa_x') || lines[0]?.includes('wa\\_x');
    const wide = `GRANT ${EIGHT} ON ${'partialRevokes' in more ? '*' : '`wa\\_%`'}.* TO \`wa\`@\`%\``;
    const result = await mysql([...(all ? [wide] : []), ...lines], { databases: [], ...more });
    expect(result.outcome).toBe('fail');
    expect(result.findings[0]?.remedy).toContain(`(GRANT ${EIGHT} ON `);
    expect(result.findings[0]?.remedy).toContain(statement);
  });

  it('cannot tell where not all was read and what was read is not enough', async () => {
    const none = ['GRANT USAGE ON *.* TO `wa`@`%`'];
    expect((await mysql(none, { cut: true })).outcome).toBe('unknown');
    expect((await mysql([...none, 'GRANT something new'])).outcome).toBe('unknown');
    expect((await mysql([`GRANT ${EIGHT} ON *.* TO \`wa\`@\`%\``], { cut: true })).outcome).toBe('pass');
    expect((await judged(databasePrivileges, refused('rights'))).outcome).toBe('unknown');
  });

  it('passes databases that were made beforehand, and warns of them without a prefix', async () => {
    const made = [`GRANT ${EIGHT} ON \`wa_config\`.* TO \`wa\`@\`%\``];
    const named = await mysql(made, { databases: ['wa_config'] });
    expect(saying(named)).toMatch(/^pass\n.* on wa_config only.*must be made beforehand/);
    expect((await mysql(made, { databases: [] }, '')).outcome).toBe('warn');
  });
});

describe('database.privileges on PostgreSQL', () => {
  it.each<[string, { [key: string]: Json }, string, string]>([
    ['CREATEDB', { createDatabase: true }, 'pass', 'CREATEDB'],
    ['a superuser', { superuser: true, createDatabase: true }, 'warn', 'far more than the client needs'],
    ['nothing', {}, 'fail', 'lacks CREATEDB'],
    ['databases of its own', { databases: [database('wa_a', true, false, true)] }, 'pass', 'may use wa_a'],
    ['databases with rights', { databases: [database('wa_a')] }, 'pass', 'must be made beforehand'],
    ['one without CREATE', { databases: [database('wa_a'), database('wa_b', true, false)] }, 'fail', 'on wa_b'],
    ['one without CONNECT', { databases: [database('wa_b', false, true)] }, 'fail', 'on wa_b'],
    ['CREATEDB and a shut one', { createDatabase: true, databases: [database('wa_b', false)] }, 'fail', 'on wa_b'],
    [
      'a role',
      { roles: [{ name: 'dba', createDatabase: true, superuser: false }] },
      'fail',
      'roles dba would give it, but only after SET ROLE, so it counts as missing',
    ],
    ['a role that gives nothing', { roles: [{ name: 'x', createDatabase: false, superuser: false }] }, 'fail', 'lacks'],
    ['not all was read', { cut: true }, 'unknown', 'not all databases could be read'],
  ])('%s', async (_, change, outcome, words) => {
    const result = await postgresql(change);
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain(words);
  });

  it('warns without a prefix where only databases that are there may be used', async () => {
    expect((await postgresql({ databases: [database('postgres')] }, '')).outcome).toBe('warn');
    expect((await postgresql({ createDatabase: true, databases: [database('x', false)] }, '')).outcome).toBe('pass');
  });
});

it('database.privileges shows no control character of a user name', async () => {
  const result = await judged(databasePrivileges, {
    ...over('rights', { currentUser: 'wa\u001b[2J@%' }),
  });
  expect(result.message).toContain('wa\\x1b[2J@%');
});
