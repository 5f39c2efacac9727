import { catalogue } from './catalogue.ts';
import { checksPage } from './checks-page.ts';
import { schema } from './schema.ts';

/** The pages of the documentation that are made from the code, by their path in the repository. */
export const pages = (): Readonly<Record<string, string>> => ({
  'docs/checks.md': checksPage(catalogue()),
  'docs/schema/host-report-1.json': schema('report'),
  'docs/schema/bundle-1.json': schema('bundle'),
  'docs/schema/report-diff-1.json': schema('diff'),
  'docs/schema/spec-1.json': schema('spec'),
  'docs/schema/evidence-1.json': schema('evidence'),
  'docs/schema/wait-report-1.json': schema('wait'),
  'docs/schema/wait-event-1.json': schema('event'),
});
