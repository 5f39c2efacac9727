import { ALNUM } from '../draw.ts';
import { lines, type Page, type Style } from '../page.ts';
import { cri, metrics } from './kube-logs.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A value that stands in base64, found raw and by its middle. */
const hidden = (p: Page, count: number): string => {
  const value = p.fresh(count, ALNUM);
  const whole = base64(value);
  p.plant('k8s_secret_b64', value, { needles: [value, whole.slice(0, 20)], encoding: 'base64' });
  return whole;
};

const secret = (p: Page): string =>
  lines(
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    '  name: wa-db-credentials',
    `  uid: ${p.uuid()}`,
    `  resourceVersion: "${p.counter()}"`,
    'type: Opaque',
    'data:',
    `  username: d2FhZG1pbg==`,
    `  WA_DB_PASSWORD: ${hidden(p, 21)}`,
    `  jwt.key: "${hidden(p, 33)}"`,
    `  connection: ${hidden(p, 27)}`,
    'stringData:',
    `  admin-password: ${p.password('admin_password', '!%')}`,
    `  webhook-ca-key: |`,
    `    ${p.key('private_key_pem', 'EC', '\n    ')}`,
    `  verify-token: >-`,
    `    ${p.token('multi_line_secret', 40)}`,
  );

const list = (p: Page): string =>
  JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          kind: 'Secret',
          metadata: { name: 'smtp', uid: p.uuid() },
          data: { pass: hidden(p, 24), token: hidden(p, 30) },
        },
        {
          kind: 'ConfigMap',
          metadata: { name: 'app', annotations: { 'ops/owner': p.email() } },
          data: {
            'application.properties': `db.host=${p.host()}\ndb.password=${p.password('multi_line_secret')}\ndb.pool=${p.config()}\n`,
            'key.pem': `${p.key('private_key_pem', '')}\n`,
          },
        },
      ],
    },
    null,
    2,
  );

const deployment = (p: Page): string =>
  lines(
    'apiVersion: apps/v1',
    'kind: Deployment',
    'spec:',
    '  template:',
    '    spec:',
    `      nodeName: ${p.shortHost()}`,
    '      imagePullSecrets: [{ name: regcred }]',
    '      hostAliases:',
    `        - ip: "${p.ip()}"`,
    `          hostnames: [${p.host()}]`,
    '      containers:',
    '        - name: coreapp',
    `          image: registry.example/wa/coreapp:${p.version()}`,
    '          args:',
    '            - --admin-password',
    `            - ${p.password('cli_password')}`,
    `            - --listen=0.0.0.0:${p.port()}`,
    '          env:',
    '            - name: WA_DB_PASSWORD',
    `              value: "${p.password('db_password', '@#&')}"`,
    '            - name: WA_DB_SSL_KEY_PATH',
    `              value: ${p.keep('path', '/etc/wa/client-key.pem')}`,
    '            - name: D360_API_KEY',
    `              value: ${p.token('api_key', 28)}`,
    '            - name: ADMIN_PIN',
    `              value: '${p.pin('pin_2fa')}'`,
    '            - name: GRACE_MS',
    `              value: "${p.config()}"`,
    '            - name: SECRET_REF',
    '              valueFrom:',
    `                secretKeyRef: { name: ${p.keep('config_key', 'wa-db-credentials')}, key: ${p.keep('config_key', 'admin-password-ref')} }`,
  );

const kubeconfig = (p: Page): string =>
  lines(
    'apiVersion: v1',
    'clusters:',
    '- cluster:',
    `    server: https://${p.publicIp()}:6443`,
    '  name: prod',
    'users:',
    '- name: ops',
    '  user:',
    `    token: ${p.jwt()}`,
    `    client-key-data: ${p.blob('private_key_pem', 220)}`,
    '- name: legacy',
    '  user:',
    '    username: admin',
    `    password: ${p.password('user_password', '!_')}`,
  );

const helm = (p: Page): string =>
  lines(
    'mysql:',
    '  auth:',
    `    rootPassword: ${p.password('db_password')}`,
    `    password: &pw ${p.password('db_password', '!%')}`,
    '    replicationPassword: *pw',
    '    existingSecret: ""',
    `ingress: { host: ${p.host()}, tls: true }`,
    'vault:',
    `  token: "${p.prefixed('vault_token', 'hvs.', 90)}"`,
    `  secretPath: ${p.keep('path', 'secret/data/wa/prod')}`,
    'aws:',
    `  accessKeyId: ${p.prefixed('aws_access_key_id', 'ASIA', 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    `  secretAccessKey: ${p.token('aws_secret_key', 40, `${ALNUM}/+`)}`,
    `  sessionToken: ${p.token('aws_session_token', 180, `${ALNUM}/+`)}`,
    'grafana:',
    `  adminPassword: ${p.password('grafana_password', '!.')}`,
    `  tokenLifetimeSeconds: ${p.config()}`,
    'slack:',
    `  hook: https://hooks.slack.example/services/T02/B77/${p.token('slack_webhook', 24)}`,
    'notifications:',
    `  - { name: "${p.name()}", phone: "${p.spelled()}" }`,
  );

/** Kubernetes: secrets, config maps, manifests, Helm values, CRI logs, metrics. */
export const kube: Style = {
  name: 'kube',
  write(desk) {
    desk.file('manifests/secret.yaml', secret);
    desk.file('manifests/all.json', list);
    desk.file('manifests/deploy.yml', deployment);
    desk.file('root/.kube/config', kubeconfig);
    desk.file('helm/values-prod.yaml', helm);
    desk.file('pods/wa_coreapp-0/coreapp/0.log', cri);
    desk.file('metrics/coreapp.prom', metrics);
  },
};
