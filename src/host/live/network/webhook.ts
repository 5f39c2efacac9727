import type { Json } from '../../../model.ts';
import type { NetworkAnswers } from '../../answers/network.ts';
import type { PostOrder } from '../../child/network/post.ts';
import type { Asking } from '../../host.ts';
import type { ApiAccess } from '../api/access.ts';
import { askChild } from '../child.ts';
import type { DockerAccess } from '../docker/access.ts';
import { coreappHere } from './access.ts';
import { askInside } from './enter.ts';

type Posted = NetworkAnswers['webhook-post'];

/** The client gives a webhook so long, and so does the vendor's own tool, ms; and what a child takes beside. */
const LIMIT = 5000;
const AROUND = 1500;

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const MOST_CERTIFICATES = 20;

/** Certificates of the authority that was uploaded for webhooks, PEM; none where there is none, or nobody may ask for it. */
export const webhooksCa = async (api: ApiAccess, signal: AbortSignal): Promise<readonly string[]> => {
  const text = await api
    .session()
    .then((session) => session.webhooksCa(signal))
    .catch(() => null);
  signal.throwIfAborted();
  return (text?.match(PEM) ?? []).slice(0, MOST_CERTIFICATES);
};

const posted = (told: Json, container: string | null): Posted => ({
  skipped: null,
  container,
  ...(told as unknown as Omit<Posted, 'skipped' | 'container'>),
});
const skipped = (why: string): Posted => ({ skipped: why, container: null, status: null, ms: null, failed: null });

/** One POST of an empty notification to the webhook, if that was asked for. Its address never leaves this process but to its child. */
export const webhookPost = async (
  asking: Asking,
  {
    api,
    docker,
    testWebhook,
  }: { readonly api: ApiAccess; readonly docker: DockerAccess; readonly testWebhook: boolean },
): Promise<Posted> => {
  const { signal } = asking;
  if (!testWebhook) return skipped('--test-webhook asks for it');
  const url = await api.session().then((session) => session.webhookUrl(signal));
  if (!url || !URL.canParse(url)) return skipped('the API names no webhook');
  if (new URL(url).protocol !== 'https:') return skipped('the webhook is no https address');
  const certificates = await webhooksCa(api, signal);
  const coreapp = await coreappHere(docker, signal);
  const order = (from: PostOrder['from']): { ask: string; about: Json } => ({
    ask: 'network-post',
    about: { from, url, certificates, withinMs: LIMIT } as unknown as Json,
  });
  if (typeof coreapp !== 'string') {
    const { name, pid, id } = coreapp;
    const asked = await askInside(coreapp, order({ pid, id }), asking, LIMIT + AROUND);
    if ('told' in asked) return posted(asked.told, name);
    // It may have been sent: once is enough.
    if (asked.began) throw new Error(asked.not);
  }
  const late = () => 'the measuring process did not say how the webhook answered';
  return posted(await askChild(order(null), asking, LIMIT + AROUND, late), null);
};
