import { lines, type Page, times } from '../page.ts';

/** Log of a pod in the form of the container runtime interface. */
export const cri = (p: Page): string =>
  lines(
    times(
      3,
      () =>
        `${p.time('rfc-ns')} stdout F {"level":"info","msg":"in","from":"${p.waId()}","text":{"body":${JSON.stringify(p.body())}},"took_us":${p.counter()}}`,
    ),
    times(
      3,
      () =>
        `${p.time('rfc-ns')} stderr F I${p.time('klog')}   ${p.pid()} proxier.go:${p.row()}] "Syncing" node="${p.host()}" podIP=${p.ip()}`,
    ),
    `${p.time('rfc-ns')} stderr F E${p.time('klog')}       1 auth.go:${p.row()}] login failed err="bad token ${p.jwt()}" code=${p.errorCode()}`,
    `${p.time('rfc-ns')} stdout F audit user="${p.email()}" verb=get sourceIPs=["${p.publicIp()}","${p.ip6()}"] auditID=${p.uuid()}`,
  );

/** What Prometheus scrapes. */
export const metrics = (p: Page): string =>
  lines(
    '# HELP wa_messages_total Messages by key',
    '# TYPE wa_messages_total counter',
    `wa_messages_total{node="${p.host()}",status="sent"} ${p.counter()}`,
    `wa_messages_total{node="${p.shortHost()}",phone="${p.plainPhone()}"} ${p.counter()} ${p.time('ms')}`,
    `http_request_duration_seconds_sum{handler="/v1/users/login"} ${p.metric()}`,
    `process_resident_memory_bytes ${p.bytes()}`,
    `node_network_info{address="${p.mac()}",device="eth0"} 1`,
    `token_bucket_fill{key="${p.identifier('bucket')}"} ${p.metric()}`,
  );
