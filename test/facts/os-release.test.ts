import { describe, expect, it } from 'vitest';
import { operatingSystem, parseOsRelease } from '../../src/facts/os-release.ts';
import { checked } from '../../src/host/checked.ts';
import { replayed } from '../../src/host/evidence.ts';
import { hostOf } from '../../src/host/host.ts';
import { NO_OS_RELEASE } from '../checks/host/answers.ts';
import { type Answers, evidenceOf } from '../support/judged.ts';

const on = (answers: Answers) =>
  operatingSystem(
    hostOf(checked(replayed(evidenceOf({ ...NO_OS_RELEASE, ...answers }))), {
      signal: new AbortController().signal,
      progress: () => {},
    }),
  );

describe('parseOsRelease', () => {
  it('reads quotes, escapes, comments and blank lines as os-release(5) has them', () => {
    const text = [
      '# comment',
      '',
      'ID=debian',
      'VERSION_ID="12"',
      "NAME='Debian GNU/Linux'",
      'PRETTY_NAME="a \\"quoted\\" \\$name"',
      'EMPTY=',
      'URL="https://a/?b=c=d"',
      'not a line',
      '  ID_LIKE="rhel fedora"  ',
      'CRLF="x"\r',
    ].join('\n');
    expect(Object.fromEntries(parseOsRelease(text))).toEqual({
      ID: 'debian',
      VERSION_ID: '12',
      NAME: 'Debian GNU/Linux',
      PRETTY_NAME: 'a "quoted" $name',
      EMPTY: '',
      URL: 'https://a/?b=c=d',
      ID_LIKE: 'rhel fedora',
      CRLF: 'x',
    });
  });
});

describe('operatingSystem', () => {
  it('prefers /etc, then /usr/lib', async () => {
    const usr = { 'readFile "/usr/lib/os-release"': 'ID=fedora\nVERSION_ID=42\n' };
    expect(await on(usr)).toEqual({ id: 'fedora', version: '42', pretty: 'fedora 42', file: '/usr/lib/os-release' });
    const etc = { 'readFile "/etc/os-release"': 'ID=debian\nPRETTY_NAME="Debian GNU/Linux trixie/sid"\n' };
    expect(await on({ ...usr, ...etc })).toMatchObject({
      id: 'debian',
      version: '',
      pretty: 'Debian GNU/Linux trixie/sid',
    });
  });

  it.each([
    ['/etc/centos-release', 'CentOS release 6.10 (Final)\n', 'centos', '6.10'],
    ['/etc/redhat-release', 'Red Hat Enterprise Linux Server release 6.9 (Santiago)\n', 'rhel', '6.9'],
    ['/etc/SuSE-release', 'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\n', 'sles', '11'],
    ['/etc/alpine-release', '3.18.4\n', 'alpine', '3.18.4'],
    ['/etc/debian_version', '7.11\n', 'debian', '7.11'],
  ])('reads %s of before os-release', async (file, text, id, version) => {
    expect(await on({ [`readFile "${file}"`]: text })).toMatchObject({ id, version, file });
  });

  it('is null where no file is there or all are empty', async () => {
    expect(await on({})).toBeNull();
    expect(await on({ 'readFile "/etc/debian_version"': '\n' })).toBeNull();
  });
});
