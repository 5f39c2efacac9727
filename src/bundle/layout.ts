// Where files stand in a bundle, and in which order.

/** What opens a bundle, first to last. */
const PAGES = ['summary.html', 'README.txt', 'manifest.json'] as const;

const FIRST = [...PAGES, 'report.json', 'ticket.txt', 'redaction/'];
const FOLDERS = ['host/', 'docker/', 'compose/', 'app/', 'api/', 'database/', 'network/', 'wadebug/'];
const LAST = ['evidence.json', 'errors.json', 'collector.log'];
const ORDER = [...FIRST, ...FOLDERS, '', ...LAST];

const rank = (path: string): number => {
  const at = ORDER.findIndex(
    (known) => known !== '' && (known.endsWith('/') ? path.startsWith(known) : path === known),
  );
  return at < 0 ? ORDER.indexOf('') : at;
};

/** The order of files in an archive, whatever order they were collected in: for sort. */
export const inOrder = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
