/** What a line of a password file has to match; null matches any. */
export type Wanted = {
  readonly host: string;
  readonly port: number;
  readonly database: string | null;
  readonly user: string;
};

/** The fields of a line, each with its backslashes taken away. */
const fieldsOf = (line: string): readonly string[] => {
  const fields: string[] = [];
  let field = '';
  for (let at = 0; at < line.length; at += 1) {
    // The password, which comes last, may hold colons as they are.
    if (line[at] === ':' && fields.length < 4) {
      fields.push(field);
      field = '';
    } else {
      if (line[at] === '\\' && at + 1 < line.length) at += 1;
      field += line[at];
    }
  }
  return [...fields, field];
};

/**
 * The password in the text of a `.pgpass`, of the first line that matches; null where none does.
 * https://www.postgresql.org/docs/current/libpq-pgpass.html
 */
export const passwordIn = (text: string, { host, port, database, user }: Wanted): string | null => {
  // A socket in its usual folder is "localhost" there.
  const name = host.startsWith('/') ? 'localhost' : host;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#') || line === '') continue;
    // A star that is quoted is no wildcard: the line as it is tells.
    const written = line.match(/^((?:\\.|[^\\:])*):((?:\\.|[^\\:])*):((?:\\.|[^\\:])*):((?:\\.|[^\\:])*):/)?.slice(1);
    const fields = fieldsOf(line);
    const password = fields[4];
    if (!written || !password) continue;
    const wanted = [name, String(port), database, user];
    if (wanted.every((value, at) => written[at] === '*' || value === null || fields[at] === value)) return password;
  }
  return null;
};
