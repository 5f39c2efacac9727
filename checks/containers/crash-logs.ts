import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, Unasked, unknown, warn } from '../../src/check.ts';
import { clientsIn, deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { needsContainers } from '../../src/facts/deployment/in-use.ts';
import type { DockerAnswers } from '../../src/host/answers/docker.ts';
import type { Finding } from '../../src/model.ts';
import { duration, gigabytes } from '../../src/units.ts';

type Looked = DockerAnswers['crash-logs']['containers'][number];

const DAY = 86_400_000;

const ageOf = ({ modifiedAt }: Looked['files'][number], epochMs: number): number =>
  modifiedAt === null ? Number.POSITIVE_INFINITY : epochMs - Date.parse(modifiedAt);

const newestOf = ({ files }: Looked, epochMs: number) =>
  files.toSorted((one, other) => ageOf(one, epochMs) - ageOf(other, epochMs))[0];

const judged = (looked: Looked, epochMs: number, recent: number): Finding => {
  const { name, skipped, how, files, cut } = looked;
  if (skipped !== null)
    return unknown(`Whether ${name} has crash logs could not be found out: ${skipped}`, { subject: name });
  const newest = newestOf(looked, epochMs);
  const seen = how === 'changes' ? ' (a mounted volume is not looked into by that way)' : '';
  if (!newest) return pass(`${name} has no crash log and no core dump${seen}`, { subject: name });
  const many = `${files.length}${cut ? ' and more' : ''}`;
  const size = newest.bytes === null ? '' : `, ${gigabytes(newest.bytes)}`;
  const when = newest.modifiedAt === null ? '' : ` of ${newest.modifiedAt.slice(0, 10)}`;
  const is = `${name} has crash logs or core dumps: ${many}, the newest${when} ${newest.path}${size}`;
  const remedy = `Keep it for Direct Support, and take it away when that is done: docker cp ${name}:${newest.path} .`;
  const lately = ageOf(newest, epochMs) <= recent;
  return lately
    ? fail(`${is}; none younger than ${recent / DAY} days is what is needed`, { subject: name, remedy })
    : warn(is, { subject: name, remedy });
};

/** Whether Coreapps and masters left crash logs or core dumps behind, and how lately. */
export const containersCrashLogs = defineCheck({
  id: 'containers.crash-logs',
  title: 'Crash logs',
  group: 'containers',
  phase: 'after',
  touches: 'Looks for *-crash.log and core dumps of the Coreapps, by name, size and time; reads none of them.',
  remedy: 'Keep the crash logs for Direct Support, with the logs of that time.',
  requirement: z.strictObject({ recent: duration }),
  limit: ({ recent }) => ({ op: 'is', value: 0, unit: '{file}', display: `none within ${recent / DAY} days` }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    needsContainers(deployment);
    if (!clientsIn(deployment).some(({ role }) => role !== 'webapp'))
      throw new Unasked(skip('There is no Coreapp here: only those leave crash logs.'));
    const [{ containers }, { epochMs }] = await Promise.all([host.docker('crash-logs'), host.system('now')]);
    return { epochMs, containers };
  },
  figure({ containers }) {
    const count = containers.flatMap(({ files }) => files).length;
    return { value: count, unit: '{file}', display: count === 1 ? '1 file' : `${count} files` };
  },
  judge: ({ epochMs, containers }, { recent }) => containers.map((one) => judged(one, epochMs, recent)),
});
