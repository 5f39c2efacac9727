import { parse } from 'yaml';
import { UsageError } from './usage-error.ts';

/** The plain data of a YAML text; duplicate keys and broken syntax are usage errors. */
export const parseYaml = (text: string, name: string): unknown => {
  try {
    return parse(text, { uniqueKeys: true, maxAliasCount: 20, logLevel: 'error' });
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UsageError(`${name} is not valid YAML: ${first.replace(/:$/, '')}`);
  }
};
