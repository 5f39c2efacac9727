// What we use of https://schema.getpostman.com/json/collection/v2.1.0/collection.json, as that schema has it.

const text = { type: 'string' };
const object = (required: readonly string[], properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const list = (items: object) => ({ type: 'array', items });

const attribute = object(['key'], { key: text, value: text, type: text });
const auth = object(['type'], {
  type: {
    enum: ['apikey', 'awsv4', 'basic', 'bearer', 'digest', 'edgegrid', 'hawk', 'noauth', 'oauth1', 'oauth2', 'ntlm'],
  },
  basic: list(attribute),
  bearer: list(attribute),
});
const header = object(['key', 'value'], { key: text, value: text, disabled: { type: 'boolean' } });
const url = object(['raw'], { raw: text, host: list(text), path: list(text), query: list(header) });
const body = object([], {
  mode: { enum: ['raw', 'urlencoded', 'formdata', 'file', 'graphql'] },
  raw: text,
  options: { type: 'object' },
});
const request = object([], { method: text, header: list(header), url, auth, body });
const response = object([], {
  ...{ name: text, originalRequest: request, header: list(header), body: text },
  ...{ status: text, code: { type: 'integer' } },
});
const script = object([], { type: text, exec: list(text) });
const event = object(['listen'], { listen: { enum: ['test', 'prerequest'] }, script });
const item = object(['request'], { name: text, event: list(event), request, response: list(response) });
const variable = object([], { key: text, value: text });

export const POSTMAN_SCHEMA = object(['info', 'item'], {
  info: object(['name', 'schema'], {
    name: text,
    schema: { const: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  }),
  item: list(item),
  variable: list(variable),
});
