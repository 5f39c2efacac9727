// What the vendor's AWS templates are known by. Read in the public history of its deployment templates, wa_ent.yml 2.4.0 to
// 3.0.3: the version stands in a comment at the head alone. WA_RUNNING_ENV_VERSION inside says v3.0.0 in all of them.

/** The line that holds the version; the monitoring template has one of its own, with one word more. */
export const VERSION_LINE =
  /^#+ *WhatsApp Business API (Instance Monitoring )?CFN Version v?(\d{1,4}(?:\.\d{1,4}){1,3})[ \t\r]*$/im;

/** Parameters that every version has, and only the vendor's: the client's version is the first one's value. */
export const CLIENT_TAG = 'WAEntContTag';
export const OWN_PARAMETERS = [CLIENT_TAG, 'EnvThroughput'] as const;

/** Parameters and resources that came later, and the version that first had them. */
export const SINCE: Readonly<Record<string, string>> = {
  CostEffectiveEnabled: '3.0.1',
  StoreJWTSecret: '3.0.1',
};
