import { type Part, type Source, SourceError } from '../../source.ts';
import type { EngineLook } from '../docker/engine.ts';
import { lackingOf } from './source-of.ts';

type Rows = readonly (readonly [path: string, part: Part, origin: string])[];

/** What an Engine tells of itself and of its containers: rows where it tells nothing. */
export const ENGINE_ROWS: Rows = [
  ['docker/version.json', 'docker', 'version of the Engine'],
  ['docker/info.json', 'docker', 'the Engine and its settings'],
  ['docker/containers.json', 'docker', 'all containers'],
  ['docker/inspect/containers.json', 'docker', "inspections of the client's containers"],
  ['docker/images.json', 'docker', 'images with their digests'],
  ['docker/networks.json', 'docker', 'networks of the deployment'],
  ['docker/volumes.json', 'docker', 'volumes of the deployment'],
  ['docker/events.log', 'docker', "events of the client's containers"],
];
/** What the client's containers give. */
export const APP_ROWS: Rows = [
  ['app/coreapp/container.log', 'coreapp-logs', 'logs of the Coreapps'],
  ['app/coreapp/crash.log', 'crash-logs', 'crash logs of the Coreapps'],
  ['app/webapp/container.log', 'webapp-logs', 'logs of the Webapps'],
];

/** Rows that are known to lack their files, for one reason. */
export const lacking = (rows: Rows, error: SourceError): readonly Source[] =>
  rows.map(([path, part, origin]) =>
    lackingOf(
      { path, part, collector: 'Docker Engine', origin, form: path.endsWith('.json') ? 'json' : 'log', priority: 1 },
      error.state,
      error.message,
    ),
  );

const STATES = { absent: 'absent', denied: 'denied', silent: 'timed-out' } as const;

/** Why an Engine that was looked at gives nothing. */
export const unreached = ({ answer }: EngineLook): SourceError => {
  const state = answer.state in STATES ? STATES[answer.state as keyof typeof STATES] : 'failed';
  return new SourceError(state, `the Docker Engine at ${answer.endpoint} gave no answer: ${answer.detail}`);
};
