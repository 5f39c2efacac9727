import type { Behaviour } from './behaviour.ts';
import type { Deployment } from './deployment.ts';

type Tell = (deployment: Deployment, behaviour: Behaviour) => Readonly<Record<string, unknown>>;

const application: Tell = ({ webhookUrl, phoneNumber }, behaviour) => {
  const url = behaviour.webhookUrl === undefined ? webhookUrl : behaviour.webhookUrl;
  return {
    settings: {
      application: {
        webhooks: {
          ...(url !== null && { url }),
          max_concurrent_requests: 12,
          message: { sent: true, delivered: true, read: false },
        },
        callback_persist: true,
        callback_backoff_delay_ms: 3000,
        max_callback_backoff_delay_ms: 900_000,
        media: { auto_download: ['image', 'document', 'audio', 'video', 'voice'] },
        heartbeat_interval: 5,
        unhealthy_interval: 30,
        sent_status: true,
        pass_through: false,
        garbagecollector_enable: { media: false, messages: true },
        notify_user_change_number: true,
        show_security_notifications: true,
        axolotl_context_striping_disabled: false,
        verbose_logging: false,
        log_level: 'info',
        wa_id: phoneNumber,
        ...behaviour.settings,
      },
    },
  };
};

const profile: Tell = (_, behaviour) => ({
  settings: {
    business: {
      profile: {
        address: '1 Stand-in Street',
        description: 'A business that is not there',
        email: 'stand-in@example.com',
        vertical: 'Other',
        websites: ['https://example.com/'],
        ...behaviour.profile,
      },
    },
  },
});

/** What the nodes of settings and account tell, by path (onprem-api.md 3.6 to 3.8). */
export const settings: Readonly<Record<string, Tell>> = {
  '/v1/settings/application': application,
  '/v1/settings/business/profile': profile,
  '/v1/settings/profile/about': () => ({ settings: { profile: { about: { text: 'A stand-in' } } } }),
  '/v1/account/shards': ({ shards }) => ({ account: { shards } }),
};
