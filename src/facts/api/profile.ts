import type { Json } from '../../model.ts';
import { fieldsOf } from './nodes.ts';

const FIELDS = ['address', 'description', 'email', 'vertical', 'websites'] as const;

const isFilled = (value: Json | undefined): boolean =>
  Array.isArray(value) ? value.some(isFilled) : typeof value === 'string' && value.trim() !== '';

/** An object, also one that is the first of a list. */
const objectOf = (value: Json | undefined) => fieldsOf(Array.isArray(value) ? value[0] : value);

/** Which fields of the business profile hold something; null where an answer holds no profile. What they hold is nobody's business. */
export const profileFields = (
  body: Json,
): { readonly filled: readonly string[]; readonly empty: readonly string[] } | null => {
  const business = objectOf(fieldsOf(fieldsOf(body)?.['settings'])?.['business']);
  const profile = objectOf(business?.['profile']);
  if (!profile) return null;
  const filled = FIELDS.filter((name) => isFilled(profile[name]));
  return { filled, empty: FIELDS.filter((name) => !filled.includes(name)) };
};

/** Whether the about text holds something; null where an answer tells none. */
export const aboutIn = (body: Json): boolean | null => {
  const about = objectOf(objectOf(fieldsOf(fieldsOf(body)?.['settings'])?.['profile'])?.['about']);
  return about ? isFilled(about['text']) : null;
};
