import { describe, expect, it } from 'vitest';
import { readGrants } from '../../../src/facts/database/grants.ts';
import { mysqlRights } from '../../../src/facts/database/rights.ts';

const EIGHT = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'ALTER', 'INDEX', 'DROP'];
const LIST = EIGHT.join(', ');

describe('a line of SHOW GRANTS', () => {
  const grant = (privileges: readonly string[], database: string | null, table: string | null = null) => ({
    revoked: false,
    privileges,
    database,
    table,
  });

  it.each([
    ['GRANT USAGE ON *.* TO `wa`@`%`', grant(['USAGE'], null)],
    ["GRANT USAGE ON *.* TO 'wa'@'%' IDENTIFIED BY PASSWORD '***' REQUIRE SSL", grant(['USAGE'], null)],
    ['GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION', grant(['ALL', 'GRANT OPTION'], null)],
    ['GRANT ALL ON *.* TO "root"@"%" WITH GRANT OPTION MAX_USER_CONNECTIONS 5', grant(['ALL', 'GRANT OPTION'], null)],
    ['GRANT SELECT ON *.* TO `wa`@`%` WITH MAX_QUERIES_PER_HOUR 5', grant(['SELECT'], null)],
    ['GRANT SELECT ON *.* TO `x WITH GRANT OPTION`@`%`', grant(['SELECT'], null)],
    ['GRANT SELECT, INSERT ON `wa\\_%`.* TO `wa`@`%`', grant(['SELECT', 'INSERT'], 'wa\\_%')],
    ['GRANT SELECT ON "wa_db".* TO "wa"@"%"', grant(['SELECT'], 'wa_db')],
    ['GRANT SELECT ON `a``b`.* TO `wa`@`%`', grant(['SELECT'], 'a`b')],
    ['GRANT SELECT ON `TO`.`ON` TO `wa`@`%`', grant(['SELECT'], 'TO', 'ON')],
    ['GRANT SELECT ON test.* TO wa@localhost', grant(['SELECT'], 'test')],
    ['GRANT SELECT (`id`, `name`), INSERT (`id`), UPDATE ON `d`.`t` TO `wa`@`%`', grant(['UPDATE'], 'd', 't')],
    ['GRANT EXECUTE ON PROCEDURE `d`.`p` TO `wa`@`%`', grant(['EXECUTE'], 'd', 'p')],
    ['GRANT EXECUTE ON PACKAGE BODY `d`.`p` TO `wa`@`%`', grant(['EXECUTE'], 'd', 'p')],
    [
      'GRANT CREATE TEMPORARY TABLES, LOCK TABLES ON `d`.* TO `wa`@`%`',
      grant(['CREATE TEMPORARY TABLES', 'LOCK TABLES'], 'd'),
    ],
    ['GRANT AUDIT_ADMIN,SYSTEM_USER ON *.* TO `wa`@`%`', grant(['AUDIT_ADMIN', 'SYSTEM_USER'], null)],
    ['grant select on *.* to `wa`@`%`', grant(['SELECT'], null)],
    ['REVOKE INSERT, UPDATE ON `mysql`.* FROM `wa`@`%`', { ...grant(['INSERT', 'UPDATE'], 'mysql'), revoked: true }],
  ])('%s', (line, expected) => {
    expect(readGrants([line])).toEqual({ grants: [expected], roles: [], unread: [] });
  });

  it.each([
    ['GRANT `app`@`%` TO `wa`@`%`', ['app']],
    ['GRANT `app`@`%`,`read``er`@`localhost` TO `wa`@`%` WITH ADMIN OPTION', ['app', 'read`er']],
    ['GRANT `app` TO `wa`@`localhost`', ['app']],
    ["GRANT PROXY ON ''@'' TO 'root'@'localhost' WITH GRANT OPTION", []],
    ['SET DEFAULT ROLE `app` FOR `wa`@`localhost`', []],
  ])('%s names roles %j and gives nothing by itself', (line, roles) => {
    expect(readGrants([line])).toEqual({ grants: [], roles, unread: [] });
  });

  it.each(['', 'nonsense', 'GRANT SELECT ON `open.* TO x', 'GRANT SELECT ON `a`.`b`.`c` TO `x`'])(
    'that makes no sense is said: %j',
    (line) => {
      expect(readGrants([line])).toEqual({ grants: [], roles: [], unread: [line] });
    },
  );
});

type Answer = Parameters<typeof mysqlRights>[0];
const rights = (grants: readonly string[], change: Partial<Answer> = {}, prefix = 'wa_') =>
  mysqlRights(
    {
      engine: 'mysql',
      currentUser: 'wa@%',
      grants: grants.map((line) => `GRANT ${line} TO \`wa\`@\`%\``.replace(/^GRANT (REVOKE .*) TO /, '$1 FROM ')),
      activeRoles: [],
      databases: [],
      plugin: null,
      partialRevokes: false,
      lowerCaseTableNames: '0',
      cut: false,
      ...change,
    },
    prefix,
    EIGHT,
  );

describe('effective rights', () => {
  it.each([
    ['on everything', `${LIST} ON *.*`, 'wa_'],
    ['all of them on everything', 'ALL PRIVILEGES ON *.*', 'wa_'],
    ['on the escaped prefix', `${LIST} ON \`wa\\_%\`.*`, 'wa_'],
    ['on the prefix, its underscore a wildcard', `${LIST} ON \`wa_%\`.*`, 'wa_'],
    ['on a shorter prefix', `${LIST} ON \`w%\`.*`, 'wa_'],
    ['on every name', `${LIST} ON \`%\`.*`, 'wa_'],
    ['on every name that holds it', `${LIST} ON \`%wa%\`.*`, 'wa_'],
    ['on everything, without a prefix', `${LIST} ON *.*`, ''],
    ['on every name, without a prefix', `${LIST} ON \`%\`.*`, ''],
  ])('reach every name: %s', (_, line, prefix) => {
    expect(rights([line], {}, prefix)).toMatchObject({ reach: 'every-name', missing: [] });
  });

  it.each([
    ['none', 'USAGE ON *.*', 'wa_'],
    ['on another prefix', `${LIST} ON \`whatsapp\\_%\`.*`, 'wa_'],
    ['on a longer prefix', `${LIST} ON \`wa\\_x%\`.*`, 'wa_'],
    ['on the name alone', `${LIST} ON \`wa\\_\`.*`, 'wa_x'],
    ['on tables alone', `${LIST} ON \`wa_config\`.\`t\``, 'wa_'],
    ['on columns alone', 'SELECT (`a`), INSERT (`a`) ON `wa_config`.`t`', 'wa_'],
    ['on a prefix, where there is none', `${LIST} ON \`wa\\_%\`.*`, ''],
    ['in other case', `${LIST} ON \`WA\\_%\`.*`, 'wa_'],
  ])('lack everything: %s', (_, line, prefix) => {
    const { reach, missing } = rights([line], {}, prefix);
    expect(reach).toBe('none');
    expect(missing).toMatchObject([
      { where: prefix === '' ? 'all databases' : `databases ${prefix}...`, privileges: EIGHT },
    ]);
  });

  it('list what is missing, and add up global and database grants', () => {
    expect(rights(['SELECT, INSERT ON *.*', 'UPDATE, DELETE, CREATE ON `wa\\_%`.*']).missing).toMatchObject([
      { where: 'databases wa_...', privileges: ['ALTER', 'INDEX', 'DROP'] },
    ]);
  });

  it('count the one database grant that the server looks at, not the sum of them', () => {
    const both = rights([`${LIST} ON \`wa\\_%\`.*`, 'SELECT ON `wa\\_config`.*'], { databases: ['wa_config', 'wa_x'] });
    expect(both.missing).toMatchObject([{ where: 'database wa_config', privileges: EIGHT.slice(1) }]);
  });

  it('do not count names in other case unless the server does not tell them apart', () => {
    expect(rights([`${LIST} ON \`WA\\_%\`.*`], { lowerCaseTableNames: '1' }).reach).toBe('every-name');
  });

  it('read wildcards as letters where partial revokes are on', () => {
    for (const name of ['wa_%', 'wa\\_%', 'wa\\_old', '%'])
      expect(rights([`${LIST} ON \`${name}\`.*`], { partialRevokes: true, databases: ['wa_old'] }).reach).toBe('none');
    const plain = rights([`${LIST} ON \`wa_old\`.*`], { partialRevokes: true, databases: ['wa_old'] });
    expect(plain).toMatchObject({ reach: 'existing', databases: ['wa_old'], missing: [] });
  });

  it('take away what was revoked in part, from databases of the client only', () => {
    const all = `${LIST} ON *.*`;
    expect(rights([all, 'REVOKE INSERT, DROP ON `wa_config`.*'], { partialRevokes: true }).missing).toMatchObject([
      { where: 'database wa_config', privileges: ['INSERT', 'DROP'] },
    ]);
    expect(rights([all, 'REVOKE INSERT ON `mysql`.*'], { partialRevokes: true }).missing).toEqual([]);
    expect(rights([all, 'REVOKE INSERT ON `mysql`.*'], { partialRevokes: true }, '').missing).toEqual([]);
    expect(rights([all, 'REVOKE INSERT ON `shop`.*'], { partialRevokes: true }).missing).toEqual([]);
  });

  it('on databases that were made beforehand are rights on those alone', () => {
    const made = rights([`${LIST} ON \`wa_config\`.*`, `${LIST} ON \`wa\\_message\`.*`]);
    expect(made).toMatchObject({ reach: 'existing', databases: ['wa_config', 'wa_message'], missing: [] });
    const one = rights([`${LIST} ON \`wa_config\`.*`], { databases: ['wa_config', 'wa_message'] });
    expect(one.missing).toMatchObject([{ where: 'database wa_message', privileges: EIGHT }]);
  });

  it('of roles that are not active are named and give nothing', () => {
    const role = '`app`@`%`';
    expect(rights([role])).toMatchObject({ reach: 'none', idleRoles: ['app'] });
    for (const active of ['`app`@`%`', 'app', "'app'@'%'"])
      expect(rights([role, `${LIST} ON *.*`], { activeRoles: [active] })).toMatchObject({ idleRoles: [] });
    expect(rights([role], { activeRoles: ['`apple`@`%`'] }).idleRoles).toEqual(['app']);
  });

  it('tell rights that do harm from those that are merely more', () => {
    const excess = (line: string) => rights([`${LIST} ON *.*`, line]).excess;
    expect(excess('ALL PRIVILEGES ON *.*')).toEqual(['ALL']);
    expect(excess('SUPER, FILE, SHUTDOWN, PROCESS, REFERENCES ON *.*')).toEqual(['FILE', 'SHUTDOWN', 'SUPER']);
    expect(excess('SYSTEM_VARIABLES_ADMIN,SYSTEM_USER ON *.*')).toEqual(['SYSTEM_USER', 'SYSTEM_VARIABLES_ADMIN']);
    expect(excess('BINLOG ADMIN ON *.*')).toEqual(['BINLOG ADMIN']);
    expect(excess('LOCK TABLES, REFERENCES, CREATE VIEW, TRIGGER ON *.*')).toEqual([]);
    expect(excess('ALL PRIVILEGES ON `wa\\_%`.*')).toEqual([]);
  });

  it('of a hostile server cost no time', () => {
    const since = performance.now();
    const pattern = `${'%a'.repeat(20_000)}%`;
    expect(rights([`${LIST} ON \`${pattern}\`.*`], {}, 'a'.repeat(60)).reach).toBe('none');
    expect(rights([`SELECT ${'('.repeat(50_000)}`]).unread).toBe(1);
    expect(performance.now() - since).toBeLessThan(1000);
  });
});
