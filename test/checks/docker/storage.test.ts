import { describe, expect, it } from 'vitest';
import { dockerStorage } from '../../../checks/docker/storage.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { info } from './answers.ts';

const of = (over: Record<string, Json>) => judged(dockerStorage, { 'docker "info"': info(over) });

describe('docker.storage', () => {
  it('passes for overlay2 with d_type, and for drivers that say nothing of it', async () => {
    expect(saying(await of({}))).toBe('pass\nStorage driver overlay2 on extfs');
    expect(
      (await of({ storageDriver: 'overlayfs', driverStatus: [['driver-type', 'io.containerd.snapshotter.v1']] }))
        .outcome,
    ).toBe('pass');
  });
  it('warns for overlay2 without d_type', async () => {
    const driverStatus = [
      ['Backing Filesystem', 'xfs'],
      ['Supports d_type', 'false'],
    ];
    const result = await of({ driverStatus });
    expect(result.outcome).toBe('warn');
    expect(result.message).toContain('overlay2 on xfs without d_type');
  });
  it('warns for devicemapper on loop files, by the file', async () => {
    const driverStatus = [['Data loop file', '/var/lib/docker/devicemapper/devicemapper/data']];
    expect((await of({ storageDriver: 'devicemapper', driverStatus })).message).toContain('loop file /var/lib/docker');
  });
  it.each(['vfs', 'aufs', 'overlay', 'devicemapper'])('warns for %s', async (storageDriver) => {
    expect((await of({ storageDriver, driverStatus: [] })).outcome).toBe('warn');
  });
  it('is unknown when the driver is not told', async () => {
    expect((await of({ storageDriver: null })).outcome).toBe('unknown');
  });
});
