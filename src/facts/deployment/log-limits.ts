import { pass, unknown, warn } from '../../check.ts';
import type { DeployedContainer } from '../../host/answers/deployment.ts';
import type { Finding } from '../../model.ts';
import { gigabytes } from '../../units.ts';
import { boundingSize, DAEMON_JSON } from '../daemon-json.ts';

/** How one container's log is kept. */
export type LogOf = {
  readonly name: string;
  readonly driver: string;
  readonly maxSize: string | null;
  /** It is made already: what daemon.json says now holds for containers that are made from now on. */
  readonly made: boolean;
  readonly file: string | null;
};

/** What new containers are given by the Engine; null where it cannot be told. */
export type EngineLogs = {
  readonly driver: string | null;
  readonly maxSize: string | null;
  readonly readable: boolean;
};

/** A container's own settings of its log. */
export const logOf = ({ name, log, state, compose }: DeployedContainer, where: string | null): LogOf => ({
  name,
  driver: log.driver,
  maxSize: boundingSize(log.maxSize),
  made: state !== null,
  file: compose?.files[0] ?? where,
});

const ownRemedy = ({ file, name, made }: LogOf): string => {
  if (file)
    return `Add logging: {driver: json-file, options: {max-size: 100m, max-file: "5"}} to it in ${file}, and run docker compose up -d.`;
  const how = '--log-opt max-size=100m --log-opt max-file=5';
  return made ? `Make ${name} anew with ${how}.` : `Start ${name} with ${how}.`;
};

const unlimited = (log: LogOf, engine: EngineLogs | null, size: number | null): Finding => {
  const { name, made } = log;
  const subject = name;
  if (!made && !engine?.readable)
    return warn(`${name} sets no limit for its log, and what its Engine sets is not known from here`, {
      subject,
      remedy: ownRemedy(log),
    });
  const is = `The log of ${name} has no limit and grows until the disk is full`;
  const holds = size === null ? '' : `; it holds ${gigabytes(size)} now`;
  // Docker writes the Engine's limit into a container when it makes it: a later one does not reach it.
  if (made && engine?.maxSize)
    return warn(`${is}${holds}; the limit in ${DAEMON_JSON} came after it was made`, {
      subject,
      remedy: `Make ${name} anew (docker compose up -d --force-recreate).`,
    });
  return warn(`${is}${holds}`, { subject, remedy: ownRemedy(log) });
};

/** What is to be said of one container's log. `size`: what it holds, bytes, where that is known. */
export const logFinding = (
  log: LogOf,
  engine: EngineLogs | null,
  size: number | null,
  rotating: readonly string[],
): Finding => {
  const { name, made } = log;
  const subject = name;
  const driver = log.driver || engine?.driver || (made ? null : 'json-file');
  if (driver === null)
    return unknown(`${name} uses the Engine's log driver, which is not told`, { subject, remedy: ownRemedy(log) });
  if (rotating.includes(driver)) return pass(`${name}: log driver ${driver}`, { subject });
  if (driver !== 'json-file')
    return unknown(`${name} uses the log driver ${driver}, of which no limit is known`, {
      subject,
      remedy: 'Make sure that it limits its logs.',
    });
  if (log.maxSize) return pass(`${name}: json-file, at most ${log.maxSize} a file`, { subject });
  if (!made && engine?.maxSize)
    return pass(`${name}: json-file, at most ${engine.maxSize} a file by ${DAEMON_JSON}`, { subject });
  return unlimited(log, engine, size);
};
