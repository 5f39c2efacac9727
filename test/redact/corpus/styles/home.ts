import { ALNUM, LOWER } from '../draw.ts';
import { lines, type Page } from '../page.ts';

/** Dot files and keys of a person's home, by path. */
export const home: readonly (readonly [string, (p: Page) => string])[] = [
  [
    'home/.pgpass',
    (p) =>
      lines(`${p.host()}:5432:wa:postgres:${p.password('db_password')}`, `*:*:*:wa:${p.password('db_password', '!@')}`),
  ],
  [
    'home/.netrc',
    (p) =>
      lines(
        `machine ${p.host()} login ops password ${p.password('user_password', '!$')}`,
        'machine registry.example',
        '  login ci',
        `  password ${p.password('user_password')}`,
      ),
  ],
  ['home/.git-credentials', (p) => lines(`https://deploy:${p.prefixed('access_token', 'ghp_', 36)}@git.example.com`)],
  [
    'home/.gitconfig',
    (p) =>
      lines(
        '[user]',
        `\tname = ${p.name()}`,
        `\temail = ${p.email()}`,
        '[remote "origin"]',
        `\turl = https://ci:${p.password('access_token')}@git.example.com/wa.git`,
        `# at ${p.sha()}`,
      ),
  ],
  [
    'home/.npmrc',
    (p) =>
      lines(
        `//npm.example/:_authToken=${p.prefixed('access_token', 'npm_', 36)}`,
        `//npm.example/:_password=${Buffer.from(p.password('user_password')).toString('base64')}`,
      ),
  ],
  [
    'home/.aws/credentials',
    (p) =>
      lines(
        '[default]',
        `aws_access_key_id = ${p.prefixed('aws_access_key_id', 'AKIA', 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
        `aws_secret_access_key=${p.token('aws_secret_key', 40, `${ALNUM}/+`)}`,
        `aws_session_token=${p.token('aws_session_token', 220, `${ALNUM}/+`)}`,
        'region=ap-southeast-1',
      ),
  ],
  [
    'home/.docker/config.json',
    (p) =>
      JSON.stringify(
        {
          auths: {
            'https://registry.example/v1/': { auth: p.basic('ci', 'registry_auth'), email: p.email() },
            'quay.example': { identitytoken: p.token('registry_auth', 60) },
          },
          HttpHeaders: { 'User-Agent': 'Docker-Client/19.03.5 (linux)' },
        },
        null,
        '\t',
      ),
  ],
  ['home/.ssh/id_ed25519', (p) => `${p.key('ssh_key', 'OPENSSH')}\n`],
  ['home/.ssh/id_rsa', (p) => `${p.key('ssh_key', 'RSA', '\r\n')}\r\n`],
  ['home/.ssh/authorized_keys', (p) => lines(`ssh-rsa ${p.publicKey()} ${p.email()}`)],
  ['home/backup.asc', (p) => `${p.key('private_key_pem', 'PGP')}\n`],
  [
    'home/.config/gcloud/wa-deploy.json',
    (p) =>
      JSON.stringify({
        type: 'service_account',
        project_id: p.keep('container_name', p.fresh(6, LOWER).replace(/^/, 'wa-deploy-')),
        private_key: `${p.key('gcp_key', '')}\n`,
        client_email: p.email(),
        client_id: p.counter(),
        token_uri: 'https://oauth2.example/token',
      }),
  ],
  [
    'home/.profile',
    (p) =>
      lines(
        `export GOOGLE_CREDENTIALS='${JSON.stringify({ private_key: `${p.key('gcp_key', '')}\n`, client_email: p.email() })}'`,
        `export HISTSIZE=${p.config()}`,
      ),
  ],
];
