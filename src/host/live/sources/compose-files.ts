import { basename } from 'node:path';
import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { Source } from '../../source.ts';
import { files as findFiles } from '../docker/files.ts';
import { fileSource } from './foreign.ts';
import type { AllPatience } from './patience.ts';
import type { SourceSettings } from './settings.ts';
import { lackingOf, lackOf, partOf } from './source-of.ts';

type Found = DockerAnswers['files']['files'];
type Settings = Pick<SourceSettings, 'docker' | 'compose' | 'envFile' | 'evidence'>;

const BASE = { part: 'compose', priority: 1 } as const;

const foundFiles = async ({ docker, compose, evidence }: Settings, asking: Asking): Promise<Found | Error> => {
  const entry = evidence['docker "files"'];
  if (entry && 'value' in entry) return (entry.value as DockerAnswers['files']).files;
  try {
    return (await findFiles(asking, docker, compose)).files;
  } catch (error) {
    asking.signal.throwIfAborted();
    return lackOf(error);
  }
};

/** The Compose files that the deployment was made from, or the one that was given, and the env files that go with them. */
export const composeFiles = async (
  settings: Settings,
  asking: Asking,
  { files }: AllPatience,
): Promise<readonly Source[]> => {
  const found = await foundFiles(settings, asking);
  const known = found instanceof Error ? [] : found.map(({ path, kind }) => ({ path, kind }));
  const given = [
    ...(settings.compose === null ? [] : [{ path: settings.compose, kind: 'compose' as const }]),
    ...(settings.envFile === null
      ? []
      : [
          {
            path: settings.envFile,
            kind: /\.ya?ml$/i.test(settings.envFile) ? ('compose' as const) : ('env' as const),
          },
        ]),
  ];
  const all = new Map([...known, ...given].map((one) => [one.path, one.kind]));
  if (all.size === 0) {
    const why = found instanceof Error ? found.message : 'no container of the client tells of a Compose file';
    const planned = { ...BASE, path: 'compose/docker-compose.yml', collector: 'file', form: 'yaml' } as const;
    return [lackingOf({ ...planned, origin: 'Compose files of the deployment' }, 'absent', why)];
  }
  return [...all].map(([file, kind]) =>
    fileSource(
      { ...BASE, path: `compose/${partOf(nameOf(file))}`, file, form: kind === 'env' ? 'env' : 'yaml', teaches: true },
      files,
    ),
  );
};

/** `.env` beside a Compose file is one that people overlook, and some programs hide. */
const nameOf = (file: string): string => (basename(file) === '.env' ? 'dot.env' : basename(file));
