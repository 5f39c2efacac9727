/** The tool's name and version, as reports and `--version` show it. A test holds it against package.json. */
export const TOOL = { name: 'wa-preflight', version: '0.1.0' } as const;

/** Where the JSON Schemas of this major version are named. A name, never fetched. */
const SCHEMAS = 'https://wa-preflight.invalid/schema';
export const REPORT_SCHEMA = `${SCHEMAS}/host-report-1.json`;
export const SPEC_SCHEMA = `${SCHEMAS}/spec-1.json`;
export const EVIDENCE_SCHEMA = `${SCHEMAS}/evidence-1.json`;
export const WAIT_SCHEMA = `${SCHEMAS}/wait-report-1.json`;
export const EVENT_SCHEMA = `${SCHEMAS}/wait-event-1.json`;
export const BUNDLE_SCHEMA = `${SCHEMAS}/bundle-1.json`;
export const BUNDLE_VERIFIED_SCHEMA = `${SCHEMAS}/bundle-verification-1.json`;
export const BUNDLE_RESULT_SCHEMA = `${SCHEMAS}/bundle-result-1.json`;
export const DIFF_SCHEMA = `${SCHEMAS}/report-diff-1.json`;
