import { describe, expect, it } from 'vitest';
import { productOf } from '../../../../src/host/live/docker/product.ts';

const MEDIA = [{ Destination: '/usr/local/wamedia' }];
const LAUNCH = "bash -c '/opt/whatsapp/bin/wait_on_mysql.sh && /opt/whatsapp/bin/launch_within_docker.sh'";
const service = (name: string) => ({
  'com.docker.compose.project': 'installation',
  'com.docker.compose.service': name,
});
const of = (Image: string, over: Partial<Parameters<typeof productOf>[0]> = {}) =>
  productOf({ Image, Command: '', ...over });

describe("the client's own containers", () => {
  it.each([
    ['docker.whatsapp.biz/coreapp:v2.53.1', {}, 'coreapp'],
    ['docker.whatsapp.biz/web:v2.53.1', {}, 'webapp'],
    ['docker.whatsapp.biz/web@sha256:0011', {}, 'webapp'],
    ['registry.local:5000/mirror/coreapp:v2.53.1', { Mounts: MEDIA, Command: LAUNCH }, 'coreapp'],
    ['registry.local:5000/mirror/web', { Mounts: MEDIA }, 'webapp'],
    ['sha256:5f1c', { Mounts: MEDIA, Command: LAUNCH, Labels: service('master2') }, 'coreapp'],
    ['5f1c0a', { Mounts: MEDIA, Command: LAUNCH, Labels: service('waweb') }, 'webapp'],
    ['mirror/wa-a:1', { Mounts: MEDIA, Command: LAUNCH, Ports: [{ PrivatePort: 6252 }] }, 'coreapp'],
    ['mirror/wa-b:1', { Mounts: MEDIA, Command: LAUNCH, Ports: [{ PrivatePort: 443 }] }, 'webapp'],
  ] as const)('%s %j: %s', (image, over, product) => {
    expect(of(image, over)).toBe(product);
  });
  it.each([
    ['nginx', {}],
    ['acme/web:1', { Ports: [{ PrivatePort: 443 }] }],
    ['acme/coreapp:1', {}],
    ['docker.whatsapp.biz/prometheus:v2.53.1', {}],
    ['docker.whatsapp.biz/coreapp:v2.53.1', { Command: LAUNCH, Labels: service('dbupgrade') }],
    ['mirror/upgrade:1', { Command: LAUNCH }],
    ['mysql:8.0.33', { Labels: service('waweb') }],
  ] as const)('are not %s %j', (image, over) => {
    expect(of(image, over)).toBeNull();
  });
});
