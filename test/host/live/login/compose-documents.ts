// biome-ignore-all lint/suspicious/noTemplateCurlyInString: env and compose files have expressions of that look
type Case = {
  readonly files: Readonly<Record<string, string>>;
  /** The service that is chosen, and what it is given. */
  readonly service: string;
  readonly values: Readonly<Record<string, string>>;
};

const ENGINE = { WA_DB_ENGINE: 'MYSQL' };

/** Compose files and what Compose makes of them. Our reader and Compose itself are both held to this. */
export const DOCUMENTS: Readonly<Record<string, Case>> = {
  'an environment as a map': {
    files: {
      'compose.yml': `services:
  wacore:
    image: x
    environment:
      WA_DB_ENGINE: MYSQL
      WA_DB_PORT: 3306
      A: 0123
      B: 1_000
      C: "0123"
      D: true
      E: yes
      F: 1.50
      G: 0x10
      H: 'a$$b'
      I: "test#pass"
      J: test#pass # comment
      K: 0o17
`,
    },
    service: 'wacore',
    values: {
      ...ENGINE,
      ...{ WA_DB_PORT: '3306', A: '83', B: '1000', C: '0123', D: 'true', E: 'yes', F: '1.5', G: '16' },
      ...{ H: 'a$b', I: 'test#pass', J: 'test#pass', K: '15' },
    },
  },
  'an environment as a list': {
    files: {
      'compose.yml':
        'services: {db: {image: x}, wacore: {image: x, environment: [WA_DB_ENGINE=MYSQL, A=b=c, B, "C= x ", D=]}}',
    },
    service: 'wacore',
    values: { ...ENGINE, A: 'b=c', C: ' x ', D: '' },
  },
  'an env file, and an environment over it': {
    files: {
      'compose.yaml': 'services: {wacore: {image: x, env_file: db.env, environment: {A: own, C: null}}}',
      'db.env': 'WA_DB_ENGINE=MYSQL\nA=file\nB=<$A>\nC=file\n',
    },
    service: 'wacore',
    values: { ...ENGINE, A: 'own', B: '<own>' },
  },
  'several env files, some of which may be missing': {
    files: {
      'compose.yml': `services:
  wacore:
    image: x
    env_file:
      - one.env
      - path: none.env
        required: false
      - path: sub/two.env
`,
      'one.env': 'WA_DB_ENGINE=PGSQL\nA=1\n',
      'sub/two.env': 'WA_DB_ENGINE=MYSQL\nB=$A\n',
    },
    service: 'wacore',
    values: { ...ENGINE, A: '1', B: '1' },
  },
  'the .env beside it': {
    files: {
      'compose.yml': 'services: {wacore: {image: x, env_file: "${DIR}/db.env", environment: {WA_DB_PASSWORD: "$PW"}}}',
      'etc/db.env': 'WA_DB_ENGINE=MYSQL\nA=$PW\n',
      '.env': "DIR=etc\nPW='a b#c'\n",
    },
    service: 'wacore',
    values: { ...ENGINE, WA_DB_PASSWORD: 'a b#c', A: 'a b#c' },
  },
  'anchors and merge keys': {
    files: {
      'compose.yml': `x-db: &db
  WA_DB_ENGINE: MYSQL
  A: base
services:
  wacore:
    image: x
    environment:
      <<: *db
      A: own
`,
    },
    service: 'wacore',
    values: { ...ENGINE, A: 'own' },
  },
  'a service that extends another, of another file': {
    files: {
      'compose.yml': 'services: {wacore: {extends: {file: base/base.yml, service: base}, environment: [A=own]}}',
      'base/base.yml':
        'services: {base: {image: x, extends: deep, env_file: db.env}, deep: {environment: {B: deep, A: d}}}',
      'base/db.env': 'WA_DB_ENGINE=MYSQL\nC=file\n',
    },
    service: 'wacore',
    values: { ...ENGINE, A: 'own', B: 'deep', C: 'file' },
  },
  'what is required of other parts': {
    files: {
      'compose.yml':
        'services: {wacore: {image: "core:v${WA_API_VERSION:?Run with it}", env_file: [db.env], profiles: [all]}}',
      'db.env': 'WA_DB_ENGINE=MYSQL\n',
    },
    service: 'wacore',
    values: ENGINE,
  },
};
