import { skip, Unasked } from '../../check.ts';
import type { Host } from '../../host/host.ts';
import { answerOf } from '../api/answer.ts';
import { fieldsOf, textOf } from '../api/nodes.ts';
import { applicationIn } from '../api/settings.ts';
import type { ReachView } from './views.ts';
import { reachFromBoth } from './views.ts';

/** Where the webhook is. What follows host and port in its address may hold secrets, and is kept nowhere. */
export type WebhookPlace = { readonly host: string; readonly port: number; readonly https: boolean };

const NO_WEBHOOK = skip('There is no webhook to look at: see webhook.configured.', { subject: 'webhook.configured' });

const placeOf = (address: string): WebhookPlace | null => {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return null;
  const https = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(url.port) || (https ? 443 : 80), https };
};

/** The webhook that is set; where there is none, the check is `skip`. */
export const webhookOf = async (host: Host): Promise<WebhookPlace> => {
  const { trouble, body } = await answerOf(host, 'settings-application');
  const webhooks = trouble ? null : fieldsOf(applicationIn(body)?.['webhooks']);
  const place = placeOf(textOf(webhooks?.['url'])?.trim() ?? '');
  if (!place) throw new Unasked(NO_WEBHOOK);
  return place;
};

/** Its name, connection and handshake from both sides; the authority that was uploaded for webhooks may vouch for it. */
export const reachWebhook = (host: Host, { host: name, port, https }: WebhookPlace): Promise<ReachView> =>
  reachFromBoth(host, name, [`${port}/${https ? 'webhook' : 'tcp'}`]);

/** "hook.example:443". */
export const targetOf = ({ host, port }: WebhookPlace): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
