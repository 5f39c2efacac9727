// Reads the lines of SHOW GRANTS, of MySQL 5.6 to 9 and of MariaDB.

/** One line, read. A database of null is "on all databases"; a table is set where the line is about less than a database. */
export type Grant = {
  readonly revoked: boolean;
  /** In upper case, column lists left out: those are about less than a table. */
  readonly privileges: readonly string[];
  readonly database: string | null;
  /** As it is written, with its escapes: a pattern. */
  readonly table: string | null;
};

/** What a user was granted, line by line, and the roles that were granted to it. */
export type Grants = {
  readonly grants: readonly Grant[];
  readonly roles: readonly string[];
  /** Lines that could not be read. */
  readonly unread: readonly string[];
};

type Token = { readonly kind: 'word' | 'name' | 'mark'; readonly text: string };

const QUOTES = '`"\'';
const SPACE = /\s/;
const PLAIN = /[^\s`"'.,()@]/;

/** The end of a quoted name that begins at `from`; a doubled quote stands for itself. */
const closing = (line: string, from: number): number => {
  const quote = line[from] ?? '';
  for (let at = from + 1; at < line.length; at += 1) {
    if (line[at] !== quote) continue;
    if (line[at + 1] !== quote) return at;
    at += 1;
  }
  return -1;
};

const tokensOf = (line: string): readonly Token[] | null => {
  const tokens: Token[] = [];
  for (let at = 0; at < line.length; ) {
    const char = line[at] ?? '';
    if (SPACE.test(char)) {
      at += 1;
    } else if (QUOTES.includes(char)) {
      const end = closing(line, at);
      if (end < 0) return null;
      tokens.push({ kind: 'name', text: line.slice(at + 1, end).replaceAll(char + char, char) });
      at = end + 1;
    } else if (PLAIN.test(char)) {
      let end = at + 1;
      while (end < line.length && PLAIN.test(line[end] ?? '')) end += 1;
      tokens.push({ kind: 'word', text: line.slice(at, end) });
      at = end;
    } else {
      tokens.push({ kind: 'mark', text: char });
      at += 1;
    }
  }
  return tokens;
};

const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toUpperCase());
const isMark = (token: Token | undefined, mark: string): boolean => token?.kind === 'mark' && token.text === mark;

/** The items between commas; what stands in brackets makes an item one of columns. */
const itemsOf = (tokens: readonly Token[]) => {
  const items: { words: string[]; columns: boolean }[] = [{ words: [], columns: false }];
  let depth = 0;
  for (const token of tokens) {
    const item = items.at(-1);
    if (isMark(token, '(')) depth += 1;
    else if (isMark(token, ')')) depth -= 1;
    else if (depth === 0 && isMark(token, ',')) items.push({ words: [], columns: false });
    else if (depth > 0 && item) item.columns = true;
    else item?.words.push(token.text);
  }
  return items.filter(({ words }) => words.length > 0);
};

const ALL = new Set(['ALL', 'ALL PRIVILEGES']);

const levelOf = (tokens: readonly Token[]): Pick<Grant, 'database' | 'table'> | null => {
  const parts = isWord(tokens[0], 'TABLE', 'FUNCTION', 'PROCEDURE', 'PACKAGE') ? tokens.slice(1) : tokens;
  const routine = parts !== tokens && !isWord(tokens[0], 'TABLE');
  const names = parts.filter((token) => !isMark(token, '.') && !isWord(token, 'BODY'));
  const [first, second] = names;
  if (!first || names.length > 2) return null;
  const all = (token: Token | undefined) => token === undefined || isWord(token, '*');
  if (all(first)) return { database: null, table: null };
  return { database: first.text, table: routine ? (second?.text ?? '') : all(second) ? null : (second?.text ?? '') };
};

/** The names of roles in "`a`@`%`,`b`@`%`", which are always quoted; null for anything else. */
const rolesOf = (tokens: readonly Token[]): readonly string[] | null =>
  tokens.some(({ kind, text }) => kind === 'word' || !['name', '@', ','].includes(kind === 'mark' ? text : kind))
    ? null
    : itemsOf(tokens).flatMap(({ words: [name] }) => name ?? []);

const readLine = (line: string): Grant | { readonly roles: readonly string[] } | null => {
  const tokens = tokensOf(line);
  const [verb, ...rest] = tokens ?? [];
  if (isWord(verb, 'SET')) return { roles: [] };
  if (!isWord(verb, 'GRANT', 'REVOKE')) return null;
  const revoked = isWord(verb, 'REVOKE');
  const end = rest.findIndex((token) => isWord(token, revoked ? 'FROM' : 'TO'));
  const on = rest.findIndex((token) => isWord(token, 'ON'));
  const body = end < 0 ? rest : rest.slice(0, end);
  if (on < 0 || (end >= 0 && on > end)) {
    const roles = revoked ? [] : rolesOf(body);
    return roles && { roles };
  }
  if (isWord(rest[0], 'PROXY')) return { roles: [] };
  const level = levelOf(body.slice(on + 1));
  if (!level) return null;
  const privileges = itemsOf(body.slice(0, on))
    .filter(({ columns }) => !columns)
    .map(({ words }) => words.join(' ').toUpperCase());
  const limits = end < 0 ? [] : rest.slice(rest.findIndex((token, at) => at > end && isWord(token, 'WITH')));
  const grantable =
    isWord(limits[0], 'WITH') && limits.some((token, at) => isWord(token, 'GRANT') && isWord(limits[at + 1], 'OPTION'));
  const option = !revoked && grantable ? ['GRANT OPTION'] : [];
  return { revoked, privileges: [...privileges.map((one) => (ALL.has(one) ? 'ALL' : one)), ...option], ...level };
};

/** Reads all lines of SHOW GRANTS. */
export const readGrants = (lines: readonly string[]): Grants => {
  const read = lines.map((line) => ({ line, grant: readLine(line.trim()) }));
  return {
    grants: read.flatMap(({ grant }) => (grant && 'privileges' in grant ? [grant] : [])),
    roles: [...new Set(read.flatMap(({ grant }) => (grant && 'roles' in grant ? grant.roles : [])))],
    unread: read.flatMap(({ line, grant }) => (grant === null ? [line] : [])),
  };
};
