import { ADMIN } from './deployments.ts';
import { faults } from './faults.ts';
import type { Kept } from './kept.ts';

// What the command of the lab prints.

export const USAGE = `The lab: a deployment of STAND-INS on a real Docker Engine. No part of it is the vendor's client.

  npm run lab                                   a single instance with PostgreSQL
  npm run lab -- up [--topology single|ha|multiconnect] [--database postgresql|mariadb|none]
                    [--fault NAME[=VALUE]]... [--network user|bridge] [--publish local|all] [--port 9090]
  npm run lab -- fault NAME[=VALUE]...          these faults, and no others, on the running lab
  npm run lab -- fault none                     all is well again
  npm run lab -- run [command and options]      wa-preflight against it
  npm run lab -- faults                         what can be wrong, and which check finds it
  npm run lab -- status
  npm run lab -- down                           leaves nothing
`;

/** Where a lab is, for those who look at it. */
export type Where = {
  readonly folder: string;
  readonly caFile: string;
  readonly composeFile: string;
  /** The process of its own Engine; null where it uses one that was there. */
  readonly ownEngine: number | null;
};

/** How the tool is pointed at a lab, as lines for a shell. */
export const howTo = ({ wish, engine, fingerprint }: Kept, { caFile, composeFile, ownEngine }: Where): string => {
  const enter = ownEngine === null ? '' : `nsenter --net=/proc/${ownEngine}/ns/net `;
  return [
    'Look at it:',
    '  npm run lab -- run',
    'which is the same as',
    `  export DOCKER_HOST=${engine}`,
    `  export WA_API_USERNAME=${ADMIN.user} WA_API_PASSWORD='${ADMIN.password}'`,
    `  ${enter}sh bin/wa-preflight --offline --api-url https://localhost:${wish.port} --api-ca ${caFile}`,
    `or, in place of --api-ca: --api-fingerprint ${fingerprint}`,
    `Its Compose file: ${composeFile}`,
    'End it: npm run lab -- down',
    '',
  ].join('\n');
};

const EXPECTED = { pass: 'passes', warn: 'warns', fail: 'fails', unknown: 'is unknown', skip: 'is skipped' };

/** All faults, with what they do and what finds them. */
export const faultList = (): string =>
  faults
    .map(({ name, does, value, finds, topologies, options = [] }) => {
      const usual = value ? `=${value.means}${value.usual ? ` (${value.usual})` : ''}` : '';
      const found = finds.map(({ check, outcome }) => `${check} ${EXPECTED[outcome]}`).join(', ');
      const where = topologies ? `; ${topologies.join(' and ')} only` : '';
      const how = options.length > 0 ? `; with ${options.join(' ').replace('--online', 'no --offline,')}` : '';
      return `${name}${usual}\n    ${does}\n    ${found || 'no finding in a single run'}${where}${how}\n`;
    })
    .join('');
