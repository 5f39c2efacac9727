import { describe, expect, it } from 'vitest';
import { atLeast, sameVersion, versionNumber } from '../src/facts/version-number.ts';
import { keyOf } from '../src/host/host.ts';
import { milliseconds } from '../src/units.ts';
import { judgedWhole, outcomesOf, resultOf, wordsOf } from './support/corpus-run.ts';
import { boring, boringWith, hostNamed, questionOf } from './support/hosts.ts';

// Bugs of single verdicts that tools of this kind shipped; traps.test.ts holds the others, and those left out with their reasons.

const versioned = (version: string) => ({ 'docker "version"': { value: { version } } });

describe('versions', () => {
  it('trap 6: a kernel of 2.6.32, 3.10 or 4.4 is below 4.11, and 10.0 is not', () => {
    const floor = (release: string) =>
      atLeast(versionNumber(release) ?? { text: '', numbers: '0.0.0', suffix: '' }, '4.11');
    const below = [
      '2.6.32-754.el6.x86_64',
      '3.10.0-1160.el7',
      '3.19.0',
      '4.4.0-19041-Microsoft',
      '4.9.0-19-amd64',
      '4.10.17',
    ];
    expect(below.filter(floor)).toEqual([]);
    const above = ['4.11.0', '4.12.14-122-default', '4.100.1', '5.4.0', '5.40.0', '6.1.0-41-amd64', '10.0.0', '41.1'];
    expect(above.filter((release) => !floor(release))).toEqual([]);
  });

  it('trap 7: an exclusion is no prefix, and neither is a floor', async () => {
    const same = (text: string) => sameVersion(versionNumber(text) ?? { text, numbers: '', suffix: '' }, '19.03.7');
    expect(['19.03.7', '19.03.7-ce', '19.3.7', '19.03.7+azure'].every(same)).toBe(true);
    expect(['19.03.70', '19.03.71', '19.03.6', '119.03.7', '19.03', '9.03.7'].some(same)).toBe(false);
    expect(await resultOf('docker.version', boringWith(versioned('19.03.70')))).toMatchObject({ outcome: 'pass' });
    expect(await resultOf('docker.version', boringWith(versioned('1.18.04')))).toMatchObject({ outcome: 'fail' });
  });

  it('trap 8: each alternative is asked itself, and its own answer counts', async () => {
    const none = { value: { exitCode: 1, stdout: '', stderr: '' } };
    const silent = Object.fromEntries(
      Object.keys(boring.evidence)
        .filter((key) => /"(runc|docker-runc|readlink|dpkg-query|rpm|apk)"/.test(key))
        .map((key) => [key, none]),
    );
    const info = { 'docker "info"': { value: { libseccomp: null } } };
    const answers = {
      'exec "docker-runc" "--version"': 'libseccomp: 2.4.9',
      'exec "readlink" "-f" "/usr/lib64/libseccomp.so.2"': '/usr/lib64/libseccomp.so.2.4.8',
      'exec "rpm" "-q" "libseccomp"': 'libseccomp-2.4.7-1.el7.x86_64',
    };
    for (const [key, stdout] of Object.entries(answers)) {
      const told = { [key]: { value: { exitCode: 0, stdout, stderr: '' } } };
      const result = await resultOf('host.libseccomp', boringWith({ ...silent, ...info, ...told }));
      expect(result).toMatchObject({ outcome: 'pass', measured: { value: expect.stringMatching(/^2\.4\.[987]/) } });
    }
  });

  it('trap 27: what is newer than anything known is judged to the end', async () => {
    const { report } = await judgedWhole(
      boringWith({
        ...versioned('99.12.1'),
        'system "identity"': { value: { release: '27.1.0-next' } },
        'exec "getconf" "GNU_LIBC_VERSION"': { value: { stdout: 'glibc 3.7' } },
        'docker "info"': { value: { libseccomp: '11.0.0' } },
        'docker "statx"': { value: { own: { errno: 1 }, unconfined: { errno: 0, signal: null, startError: null } } },
      }),
    );
    expect(outcomesOf(report)).toEqual({ ...boring.verdicts, 'docker.statx': 'fail' });
  });
});

describe('disks', () => {
  const place = 'disk "place" "/var/lib/docker"';

  it('trap 12: what is free and reserved is not available', async () => {
    const sizes = { size: 1_000_000_000_000, free: 219_600_000_000, available: 69_100_000_000 };
    const result = await resultOf('disk.free', boringWith({ [place]: { value: sizes } }));
    expect(result).toMatchObject({ outcome: 'warn', measured: { value: 69_100_000_000 } });
    expect(result.message).toContain('69.1 GB');
  });

  it('trap 13: a folder that is still to be made is judged by its nearest parent, and that is said', async () => {
    for (const id of ['disk.capacity', 'disk.free', 'disk.type', 'disk.write-latency'])
      expect(await resultOf(id, hostNamed('data-root-not-there-yet')), id).toMatchObject({
        outcome: 'pass',
        measured: { path: '/srv/wa/docker', existing: '/srv' },
        message: expect.stringContaining('/srv'),
      });
  });

  it('trap 15: a path may hold anything', async () => {
    const path = '/srv/a:b "c"\\d\n%s';
    const moved = Object.fromEntries(
      Object.entries(boring.evidence).map(([key, answer]) => [
        key.replace('"/var/lib/docker"', JSON.stringify(path)),
        answer,
      ]),
    );
    const key = `disk "place" ${JSON.stringify(path)}`;
    expect(questionOf(key)).toEqual(['disk', 'place', path]);
    expect(keyOf(questionOf(key))).toBe(key);
    const { report } = await judgedWhole({ ...moved, 'disk "target"': { value: { path, from: 'option' } } });
    expect(outcomesOf(report)).toEqual(boring.verdicts);
  });

  it('trap 16: 9.99 ms is not 9 ms, and 10.01 ms is not 10 ms', async () => {
    const write = 'disk "write-latency" "/var/lib/docker"';
    const all = { samples: 1000, mean: 2, p50: 2, p90: 5, p95: 7, p99: 9.99, max: 12 };
    const at = (p99: number) =>
      boringWith({ [write]: { value: { latency: { rounds: [1, 2, 3].map(() => ({ ...all, p99 })) } } } });
    expect(await resultOf('disk.write-latency', at(9.99))).toMatchObject({
      outcome: 'pass',
      measured: { value: 9.99 },
    });
    expect(await resultOf('disk.write-latency', at(10.01))).toMatchObject({
      outcome: 'warn',
      measured: { value: 10.01 },
    });
    expect(await resultOf('disk.write-latency', at(25.01))).toMatchObject({
      outcome: 'fail',
      measured: { value: 25.01 },
    });
    expect(milliseconds(0.000_999)).toBe('0.001 ms');
  });

  it('trap 32: compressed memory and CD drives make no SSD', async () => {
    expect(await resultOf('disk.type', hostNamed('zram-and-sr-only'))).toMatchObject({
      outcome: 'fail',
      measured: { value: 'memory' },
    });
    const mixed = {
      value: {
        leaves: [
          {
            name: 'sda',
            majorMinor: '8:0',
            size: 1e12,
            rotational: true,
            bus: 'ata',
            driver: 'ahci',
            vendor: 'ATA',
            model: 'HDD',
            virtual: false,
          },
          {
            name: 'sdb',
            majorMinor: '8:16',
            size: 1e12,
            rotational: false,
            bus: 'ata',
            driver: 'ahci',
            vendor: 'ATA',
            model: 'SSD',
            virtual: false,
          },
        ],
      },
    };
    const result = await resultOf('disk.type', boringWith({ [place]: mixed }));
    expect(result).toMatchObject({ outcome: 'warn', measured: { value: 'hdd' } });
  });

  it('prose: a virtual disk that says it rotates is neither failed nor warned of for that', async () => {
    for (const name of ['virtio-flash', 'vmware', 'azure', 'hyper-v', 'iscsi'])
      expect(await resultOf('disk.type', hostNamed(name)), name).toMatchObject({ outcome: 'pass' });
    for (const name of ['virtio-undecided', 'quick-virtio'])
      expect(await resultOf('disk.type', hostNamed(name)), name).toMatchObject({ outcome: 'unknown' });
  });

  it('prose: a p99 that lies on both sides of a limit fails nothing, and its spread is told', async () => {
    const result = await resultOf('disk.write-latency', hostNamed('write-latency-noisy'));
    expect(result).toMatchObject({ outcome: 'warn', measured: { rounds: 3, interval: [6.8, 31.5] } });
  });
});

describe('limits of processors and memory', () => {
  it('trap 29: a quota, an affinity mask and a cgroup limit count, not the whole host', async () => {
    for (const name of ['cpu-quota', 'cpu-affinity', 'kubernetes-pod'])
      expect(await resultOf('host.cpu', hostNamed(name)), name).toMatchObject({ outcome: 'fail' });
    for (const name of ['memory-cgroup', 'kubernetes-pod'])
      expect(await resultOf('host.memory', hostNamed(name)), name).toMatchObject({ outcome: 'fail' });
  });

  it('prose: 16 GB as sold are enough, from 15.2 GiB on; 8 and 15 GB are not', async () => {
    for (const gib of [15.2, 15.5, 15.7, 16])
      expect(
        await resultOf(
          'host.memory',
          boringWith({ 'system "memory"': { value: { total: Math.round(gib * 2 ** 30), installed: null } } }),
        ),
      ).toMatchObject({ outcome: 'pass' });
    for (const name of ['memory-8', 'memory-15'])
      expect(await resultOf('host.memory', hostNamed(name)), name).toMatchObject({ outcome: 'fail' });
  });
});

describe('statx', () => {
  const sources = ['statx-eperm', 'statx-enosys', 'statx-killed', 'statx-start-failure'];

  it('trap 33: EPERM, ENOSYS, a kill and a refused start are all blocked, and told apart', async () => {
    const results = await Promise.all(sources.map((name) => resultOf('docker.statx', hostNamed(name))));
    expect(results.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'fail', 'fail']);
    expect(new Set(results.map(({ measured }) => measured?.display)).size).toBe(4);
  });

  it("trap 34: no profile file is looked for; the daemon's own words for its default are both known", async () => {
    const blocked = { own: { errno: 1 }, unconfined: { errno: 0, signal: null, startError: null } };
    const words = ['default', 'builtin'].map(async (profile) => {
      const securityOptions = [`name=seccomp,profile=${profile}`];
      const evidence = boringWith({
        'docker "statx"': { value: blocked },
        'docker "info"': { value: { securityOptions } },
      });
      const { report, asked } = await judgedWhole(evidence);
      expect([...asked].filter((key) => key.includes('seccomp/') || key.includes('profiles'))).toEqual([]);
      const result = report.checks.find(({ id }) => id === 'docker.statx');
      return result && wordsOf(result);
    });
    const [first, second] = await Promise.all(words);
    expect(first).toBe(second);
    const custom = await resultOf('docker.statx', hostNamed('statx-eperm'));
    expect(wordsOf(custom)).toContain('/etc/docker/deny-statx.json');
  });

  it('prose: the host itself is the control, so that a kernel without statx is not blamed on a profile', async () => {
    expect(wordsOf(await resultOf('docker.statx', hostNamed('centos-7')))).toMatch(/kernel lacks it/);
    expect(wordsOf(await resultOf('docker.statx', hostNamed('docker-18-03')))).toMatch(
      /default profile of Docker 18\.03\.1-ce/,
    );
    expect(wordsOf(await resultOf('docker.statx', hostNamed('libseccomp-2-3-2')))).toMatch(
      /libseccomp 2\.3\.2 does not know it/,
    );
  });
});
