import type { Form, Put } from './rule.ts';
import { cleanEnv } from './structure/env.ts';
import { cleanYaml } from './structure/yaml.ts';
import { cleanText } from './text.ts';

/**
 * A whole file, cleaned by its structure: JSON stays JSON, YAML stays YAML with as many lines, an env file keeps its lines. What is
 * not what its form says is read as text.
 */
export const cleanWhole = (text: string, form: Form, put: Put): string => {
  const inner = (said: string): string => cleanText(said, put);
  if (form === 'env') return cleanEnv(text, put, inner);
  if (form === 'yaml') return cleanYaml(text, put, inner) ?? inner(text);
  return inner(text);
};
