import { fail, unknown } from '../check.ts';
import type { DockerAnswers } from '../host/answers/docker.ts';
import type { Finding } from '../model.ts';

type Engine = DockerAnswers['engine'];

/** What is needed, as the end of a sentence. */
export const NEEDED = 'a Docker Engine that answers is needed';

/** How the address was chosen, where it was not the usual one. */
export const chosenBy = ({ from }: Engine): string =>
  ({
    DOCKER_HOST: ', by DOCKER_HOST',
    context: ', by the current Docker context',
    rootless: ', rootless',
    default: '',
  })[from];

/** Not the socket's mode but something behind it refuses: an authorization plugin, or a proxy before the Engine. */
const isRefusedBehind = ({ detail }: Engine): boolean => detail?.startsWith('it answered ') ?? false;

const remedyFor = (engine: Engine): string => {
  const { state, local, from } = engine;
  const named = from === 'context' ? 'the Docker context' : 'DOCKER_HOST';
  if (state === 'absent' && from === 'default') return 'Install Docker Engine 18.04 or later and start it.';
  if (state === 'absent') return `Start the Engine that ${named} means, or correct ${named}.`;
  if (state === 'denied' && local && !isRefusedBehind(engine))
    return 'Run the tool as root (sudo), or as a user of the group that owns the socket (usually docker).';
  if (state === 'denied') return 'Ask for the right to read /version, /info and /containers of that Engine.';
  if (state === 'refused' && local) return 'Start the Engine: sudo systemctl start docker';
  if (state === 'silent' && local) return 'Restart the Engine that hangs: sudo systemctl restart docker';
  if (state === 'not-an-engine' && from === 'default') return 'Remove what holds the socket, and start Docker Engine.';
  if (state === 'unusable' && from !== 'default') return `Mend what the message names, or correct ${named}.`;
  return from === 'default'
    ? 'Mend what the message names, and start Docker Engine.'
    : `Correct ${named}, or unset it.`;
};

/** The finding for an Engine that was not reached: each state in its own words, with its own remedy. */
export const unreached = (engine: Engine): Finding => {
  const at = `${engine.endpoint}${chosenBy(engine)}`;
  const remedy = remedyFor(engine);
  const why = engine.detail ?? 'no reason was given';
  switch (engine.state) {
    case 'absent':
      return fail(`There is no Docker Engine at ${at}: ${why}; ${NEEDED}`, { remedy });
    case 'refused':
      return fail(`No Docker Engine runs at ${at}: ${why}; ${NEEDED}`, { remedy });
    case 'not-an-engine':
      return fail(`What is at ${at} is not a Docker Engine: ${why}; ${NEEDED}`, { remedy });
    // Of these three the Engine may be in good order: we could not find out.
    case 'denied':
      return unknown(`The Docker Engine at ${at} may not be asked: ${why}`, { remedy });
    case 'silent':
      return unknown(`The Docker Engine at ${at} does not answer: ${why}`, { remedy });
    default:
      return unknown(`The Docker Engine at ${at} could not be asked: ${why}`, { remedy });
  }
};
