import type { Page } from '../page.ts';

const message = (p: Page, more: object): object => ({
  messages: [{ from: p.waId(), id: p.messageId(), timestamp: p.time('sec'), ...more }],
});

/** A text message that came in, with its sender. */
export const text = (p: Page): object => ({
  contacts: [{ profile: { name: p.name() }, wa_id: p.waId() }],
  ...message(p, { type: 'text', text: { body: p.body() } }),
});

/** What a webhook gets: messages of every type, and a status. */
export const inbound = (p: Page): readonly unknown[] => [
  text(p),
  {
    ...message(p, {
      type: 'image',
      image: { caption: p.body(), id: p.uuid(), mime_type: 'image/jpeg', sha256: p.traceId() },
    }),
  },
  {
    ...message(p, { type: 'document', document: { caption: p.body(), filename: `${p.somewhat()}.pdf`, id: p.uuid() } }),
  },
  {
    ...message(p, {
      type: 'location',
      location: { latitude: 13.7563, longitude: 100.5018, name: `${p.somewhat()} cafe`, address: p.address() },
    }),
  },
  {
    ...message(p, {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: p.name(), first_name: 'Ann' },
          phones: [{ phone: p.spelled(), type: 'HOME', wa_id: p.waId() }],
          emails: [{ email: p.email(), type: 'WORK' }],
          addresses: [{ street: p.address(), city: 'Bangkok', zip: '10110' }],
        },
      ],
    }),
  },
  {
    ...message(p, {
      type: 'interactive',
      interactive: { list_reply: { id: 'r1', title: p.body(), description: p.body() } },
    }),
  },
  {
    ...message(p, {
      type: 'button',
      button: { payload: 'yes', text: p.body() },
      context: { from: p.waId(), id: p.messageId() },
    }),
  },
  {
    statuses: [
      {
        id: p.messageId(),
        recipient_id: p.waId(),
        status: 'delivered',
        timestamp: p.time('sec'),
        errors: [{ code: Number(p.errorCode()), title: 'Failed' }],
      },
    ],
  },
  { ...message(p, { type: 'text', text: { body: p.body() } }), meta: { id: p.wamid() } },
];

/** What is sent: templates, media, contact checks, buttons. */
export const outbound = (p: Page): readonly unknown[] => [
  {
    to: p.waId(),
    type: 'template',
    template: {
      namespace: 'c6e3',
      name: p.identifier('tpl'),
      language: { policy: 'deterministic', code: 'th' },
      components: [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: p.body() },
            { type: 'currency', currency: { fallback_value: p.body(), code: 'USD', amount_1000: Number(p.counter()) } },
          ],
        },
      ],
    },
  },
  { to: p.plainPhone(), hsm: { element_name: p.identifier('tpl'), localizable_params: [{ default: p.body() }] } },
  {
    recipient_type: 'individual',
    to: p.plainPhone(),
    type: 'image',
    image: { link: `https://${p.host()}/i/${p.uuid()}.png`, caption: p.body() },
  },
  { blocking: 'wait', contacts: [p.phone(), p.phone(), p.spelled()], force_check: true },
  {
    type: 'interactive',
    to: p.waId(),
    interactive: {
      type: 'button',
      header: { type: 'text', text: p.body() },
      body: { text: p.body() },
      footer: { text: p.body() },
      action: { buttons: [{ reply: { id: p.uuid(), title: p.body() } }] },
    },
  },
];
