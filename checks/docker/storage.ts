import * as z from 'zod/mini';
import { defineCheck, pass, unknown, warn } from '../../src/check.ts';

/** The Engine's storage driver, and what is below it. */
export const dockerStorage = defineCheck({
  id: 'docker.storage',
  title: 'Storage driver',
  group: 'docker',
  phase: 'before',
  needs: ['docker.engine'],
  touches: 'Asks the Docker Engine for its storage driver.',
  remedy: 'Switch to overlay2 on a file system with d_type.',
  requirement: z.strictObject({ good: z.array(z.string()).check(z.minLength(1)) }),
  limit: ({ good }) => ({ op: 'in', value: good, display: `${good.slice(0, 2).join(', ')} or alike` }),
  measure: async (host) => {
    const { storageDriver, driverStatus } = await host.docker('info');
    const told = new Map(driverStatus);
    return {
      driver: storageDriver,
      fileSystem: told.get('Backing Filesystem') ?? null,
      dType: told.get('Supports d_type') ?? null,
      loopFile: told.get('Data loop file') ?? null,
    };
  },
  figure: ({ driver, fileSystem }) => ({
    value: driver,
    display: `${driver ?? 'not told'}${fileSystem ? ` on ${fileSystem}` : ''}`,
  }),
  judge({ driver, fileSystem, dType, loopFile }, { good }) {
    const remedy = 'Set "storage-driver": "overlay2" in /etc/docker/daemon.json before anything is installed.';
    if (driver === null) return unknown('The Engine does not tell its storage driver', { remedy: 'Run: docker info' });
    const on = fileSystem ? ` on ${fileSystem}` : '';
    if (loopFile !== null)
      return warn(`${driver} keeps its data in the loop file ${loopFile}, which is slow`, { remedy });
    if (dType === 'false')
      return warn(`${driver}${on} without d_type, which loses files; d_type is needed`, {
        remedy: "Make the file system of Docker's data root anew with d_type (XFS: mkfs.xfs -n ftype=1).",
      });
    if (!good.includes(driver)) return warn(`Storage driver ${driver}${on}; ${good[0]} is advised`, { remedy });
    return pass(`Storage driver ${driver}${on}`);
  },
});
