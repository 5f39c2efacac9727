// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose files have expressions of that look
const IMAGE = (name: string) =>
  `docker.whatsapp.biz/${name}:v\${WA_API_VERSION:?Run it with WA_API_VERSION (ex. 2.53.1)}`;
const COMMAND = 'command: ["/opt/whatsapp/bin/wait_on_mysql.sh", "/opt/whatsapp/bin/launch_within_docker.sh"]';
const MEDIA = 'volumes: ["whatsappMedia:/usr/local/wamedia"]';

export const DB_ENV =
  'WA_DB_ENGINE=MYSQL\nWA_DB_HOSTNAME=db\nWA_DB_PORT=3306\nWA_DB_USERNAME=root\nWA_DB_PASSWORD=testpass\n';

/** A Compose file of the shape of the vendor's for a single instance: on the default bridge, with links as it had them once. */
export const singleFile = (links: boolean): string => `version: '3'
volumes:
  whatsappMedia:
    driver: local
  mysqlData:
    driver: local
services:
  db:
    image: mysql:8.0.33
    restart: always
    environment: {MYSQL_ROOT_PASSWORD: testpass, MYSQL_USER: testuser}
    expose: ["33060"]
    ports: ["33060:3306"]
    volumes: ["mysqlData:/var/lib/mysql"]
    network_mode: bridge
  wacore:
    image: ${IMAGE('coreapp')}
    ${COMMAND}
    ${MEDIA}
    env_file: [db.env]
    environment: {WA_RUNNING_ENV_VERSION: v2.2.3, ORCHESTRATION: DOCKER-COMPOSE}
    network_mode: bridge
    ${links ? 'links: [db]' : 'cap_drop: [MKNOD]'}
  waweb:
    image: ${IMAGE('web')}
    ${COMMAND}
    ports: ["9090:443"]
    ${MEDIA}
    env_file: [db.env]
    environment: {WACORE_HOSTNAME: wacore, WA_RUNNING_ENV_VERSION: v2.2.3, ORCHESTRATION: DOCKER-COMPOSE}
    network_mode: bridge
    ${links ? 'links: [db, "wacore:core"]' : 'cap_drop: [MKNOD]'}
`;

/** One of the shape of the vendor's for production with multiconnect, run on each host. */
export const clusterFile = `services:
  waweb:
    image: ${IMAGE('web')}
    restart: unless-stopped
    ${COMMAND}
    ports: ["\${EXTERNAL_WEBAPP_PORT:-9090}:443"]
    ${MEDIA}
    env_file: [db.env]
    environment:
      WA_APP_MULTICONNECT: 1
      WEBAPP_EXTERNAL_PORTS: \${EXTERNAL_WEBAPP_PORT:-9090}
      WEBAPP_HOSTNAME: "\${EXTERNAL_HOSTNAME:?$EXTERNAL_HOSTNAME should be this machine's}"
  master:
    image: ${IMAGE('coreapp')}
    restart: unless-stopped
    ${COMMAND}
    ports: ["6254-6257:6250-6253"]
    ${MEDIA}
    env_file: [db.env]
    environment:
      WA_APP_MULTICONNECT: 1
      WA_MASTER_NODE: 1
      COREAPP_EXTERNAL_PORTS: 6254,6255,6256,6257
      COREAPP_HOSTNAME: "\${EXTERNAL_HOSTNAME:?$EXTERNAL_HOSTNAME should be this machine's}"
volumes:
  whatsappMedia:
    driver: local
`;

/** What a service may say in several ways; both readers must make the same of it. */
export const WAYS: Readonly<Record<string, string>> = {
  'networks by name, with aliases, and an external one': `services:
  wacore:
    image: docker.whatsapp.biz/coreapp:v2.53.1
    networks: {wa: {aliases: [core, core-1], ipv4_address: 172.28.0.9}, outer: null}
  waweb:
    image: docker.whatsapp.biz/web:v2.53.1
    container_name: web-1
    networks: [wa]
networks:
  wa: {driver: bridge}
  outer: {external: true, name: corp}
`,
  'a default network that is named': `name: Mine_1
services: {wacore: {image: "docker.whatsapp.biz/coreapp:v2.53.1"}}
networks: {default: {name: shared}}
`,
  'a network of its own by default': 'services: {wacore: {image: "docker.whatsapp.biz/coreapp:v2.53.1"}}\n',
  'the modes of networks': `services:
  a: {image: "docker.whatsapp.biz/coreapp:v2.53.1", network_mode: host}
  b: {image: "docker.whatsapp.biz/coreapp:v2.53.1", network_mode: none}
  c: {image: "docker.whatsapp.biz/web:v2.53.1", network_mode: "service:a"}
`,
  ports: `services:
  waweb:
    image: docker.whatsapp.biz/web:v2.53.1
    ports:
      - 443
      - "9090:443"
      - "127.0.0.1:9091:443"
      - "[::1]:9092:443"
      - "6250-6253:6250-6253"
      - "7000-7001"
      - "53:53/udp"
      - {target: 80, published: 8080, host_ip: 10.0.0.1}
      - {target: 81, published: "8081", protocol: tcp, mode: host}
`,
  volumes: `services:
  wacore:
    image: docker.whatsapp.biz/coreapp:v2.53.1
    volumes:
      - whatsappMedia:/usr/local/wamedia
      - ./certs:/opt/certs:ro
      - /mnt/wa/logs:/usr/local/waent/logs
      - {type: volume, source: nfs, target: /data, read_only: true}
      - {type: bind, source: ./more, target: /more}
      - {type: tmpfs, target: /scratch}
volumes:
  whatsappMedia: {driver: local, driver_opts: {type: "none", o: bind, device: /srv}}
  nfs: {driver: local, driver_opts: {type: nfs, o: "addr=10.0.0.9,rw", device: ":/wa"}}
`,
  'volumes that are not its own': `services:
  wacore: {image: "docker.whatsapp.biz/coreapp:v2.53.1", volumes: ["media:/usr/local/wamedia", "cloud:/x", "named:/y"]}
volumes:
  media: {external: true, name: shared_media}
  cloud: {driver: "rexray/efs"}
  named: {name: own_name}
`,
  'restart, logging, hosts and rights': `services:
  a:
    image: docker.whatsapp.biz/coreapp:v2.53.1
    restart: on-failure:5
    logging: {driver: json-file, options: {max-size: 50m, max-file: "7"}}
    extra_hosts: ["db:10.0.0.1", "db-2=10.0.0.2"]
    privileged: true
  b:
    image: docker.whatsapp.biz/web:v2.53.1
    restart: "no"
    logging: {driver: local}
    extra_hosts: {db: 10.0.0.1}
  c: {image: "docker.whatsapp.biz/web:v2.53.1", restart: unless-stopped}
  d: {image: "docker.whatsapp.biz/web:v2.53.1", deploy: {restart_policy: {condition: on-failure}}}
`,
  'one service that extends another, and anchors': `x-wa: &wa {restart: always, env_file: db.env}
services:
  base: {image: "docker.whatsapp.biz/coreapp:v2.53.1", volumes: ["media:/usr/local/wamedia"], environment: {A: "1"}}
  wacore: {<<: *wa, extends: base, environment: {WA_MASTER_NODE: 1, COREAPP_HOSTNAME: core}}
volumes: {media: {}}
`,
};
