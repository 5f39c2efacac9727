/**
 * What each rule of secretlint's recommended preset cannot do without: a line that holds none of a rule's words has nothing for it.
 * Taken from its patterns, version 13.0.7. A rule that is not named here is run over everything.
 */
export const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...['a3t[a-z0-9]{17}', 'akia[a-z0-9]{16}', 'agpa[a-z0-9]{16}', 'aida[a-z0-9]{16}', 'aroa[a-z0-9]{16}'],
    ...['aipa[a-z0-9]{16}', 'anpa[a-z0-9]{16}', 'anva[a-z0-9]{16}', 'asia[a-z0-9]{16}'],
    ...['secret_?access_?key', 'account_?i?d?["\']?\\s*[:=]'],
  ],
  gcp: ['private_key'],
  privatekey: ['-----begin'],
  npm: ['x-oauth-basic', '_authtoken=', 'npm_[a-z0-9_]{36}'],
  basicauth: ['://[-a-z0-9_]+:[-a-z0-9_]+@'],
  slack: ['xox[bpaor]-', 'xapp-', 'hooks\\.slack\\.com'],
  sendgrid: ['sg\\.[a-z0-9_]+\\.[a-z0-9_]'],
  shopify: ['shppa_', 'shpca_', 'shpat_', 'shpss_'],
  stripe: ['[sr]k_live_', '[sr]k_test_'],
  github: ['gh[pousr]_[a-z0-9]', 'github_pat_'],
  gitlab: ['glpat-'],
  grafana: ['glc_', 'glsa_'],
  openai: ['t3blbkfj'],
  anthropic: ['sk-ant-api0'],
  groq: ['gsk_[a-z0-9]{8}'],
  huggingface: ['hf_[a-z]{34}'],
  linear: ['lin_api_'],
  notion: ['ntn_[0-9]{11}'],
  '1password': ['ops_ey'],
  'database-connection-string': [...['mongodb://', 'mongodb\\+srv://', 'mysqlx?://', 'postgres://', 'postgresql://']],
  'hashicorp-vault': ['hv[sbr]\\.[a-z0-9_-]{8}'],
  vercel: ['vc[piark]_[a-z0-9]{20}'],
  databricks: ['dapi[a-f0-9]{32}'],
  docker: ['dckr_pat_'],
  figma: ['figd_'],
  cloudflare: ['cfk_[a-z0-9]{8}', 'cfut_[a-z0-9]{8}', 'cfat_[a-z0-9]{8}'],
  tailscale: ['tskey-'],
};
