/** What a statement gets in answer: rows by column names, or MySQL's error. */
export type StandInAnswer =
  | readonly Readonly<Record<string, string | number | null>>[]
  | { readonly code: number; readonly message: string };

/** What a stand-in is told to be. */
export type StandIn = {
  /** What `version()` and the greeting say, such as "8.0.36". */
  readonly version: string;
  /** `@@version_comment`. */
  readonly comment?: string;
  /** Added to, or in place of, the variables of a usual server. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly status?: Readonly<Record<string, string>>;
  /** Lines of SHOW GRANTS. */
  readonly grants?: readonly string[];
  /** The user's authentication plugin; without it mysql.user may not be read. */
  readonly plugin?: string;
  /** `CURRENT_ROLE()`; without it there is no such function, as in 5.7. */
  readonly role?: string;
  /** Functions that only some product has, without their brackets: { aurora_version: "3.05.2" }. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Refuses every login with this error. */
  readonly refuse?: { readonly code: number; readonly message: string };
  /** Asked first, with every statement; undefined leaves it to the stand-in. */
  readonly answer?: (statement: string) => StandInAnswer | undefined;
};

const USUAL: Readonly<Record<string, string>> = {
  character_set_database: 'utf8mb4',
  character_set_server: 'utf8mb4',
  default_authentication_plugin: 'mysql_native_password',
  default_storage_engine: 'InnoDB',
  innodb_flush_log_at_trx_commit: '1',
  innodb_large_prefix: 'ON',
  interactive_timeout: '28800',
  lower_case_table_names: '0',
  max_allowed_packet: '67108864',
  max_connections: '500',
  max_user_connections: '0',
  partial_revokes: 'OFF',
  read_only: 'OFF',
  sql_mode: 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
  super_read_only: 'OFF',
  sync_binlog: '1',
  time_zone: 'SYSTEM',
  wait_timeout: '28800',
};
const BUSY: Readonly<Record<string, string>> = {
  Max_used_connections: '3',
  Ssl_cipher: '',
  Threads_connected: '1',
  Uptime: '1000',
};

const error = (code: number, message: string) => ({ code, message });

/** The parts of a select list: at commas outside of brackets and quotes. */
const partsOf = (list: string): readonly string[] =>
  list.split(/,(?![^(]*\))(?=(?:[^']*'[^']*')*[^']*$)/).map((part) => part.trim());

type Found = { readonly value: string | null } | { readonly code: number; readonly message: string };

const evaluated = (expression: string, options: StandIn, variables: Readonly<Record<string, string>>): Found => {
  const name = /^@@(?:global\.|session\.)?(\w+)$/i.exec(expression)?.[1];
  if (name !== undefined) {
    const value = variables[name.toLowerCase()];
    return value === undefined ? error(1193, `Unknown system variable '${name}'`) : { value };
  }
  const literal = /^(?:'(.*)'|(-?\d+))$/.exec(expression);
  if (literal) return { value: literal[1] ?? literal[2] ?? '' };
  if (/^null$/i.test(expression)) return { value: null };
  const called = /^(\w+)(?:\(\))?$/.exec(expression)?.[1]?.toLowerCase() ?? expression;
  const known: Readonly<Record<string, string | undefined>> = {
    version: options.version,
    current_user: 'wa@%',
    user: 'wa@127.0.0.1',
    connection_id: '7',
    current_role: options.role,
    ...options.functions,
  };
  if (called === 'database' || called === 'schema') return { value: null };
  const value = known[called];
  return value === undefined ? error(1305, `FUNCTION ${called} does not exist`) : { value };
};

/** Rows of SHOW VARIABLES and SHOW STATUS: those named by WHERE or LIKE, else all. */
const listed = (statement: string, values: Readonly<Record<string, string>>): StandInAnswer => {
  const names = [...(/\b(?:where|like)\b(.*)$/is.exec(statement)?.[1] ?? '').matchAll(/'([^']*)'/g)].map(([, name]) =>
    (name ?? '').toLowerCase(),
  );
  const like = (pattern: string) => new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'i');
  const wanted = (name: string) => names.length === 0 || names.some((pattern) => like(pattern).test(name));
  const of = /\bvalue\s+like\s+'([^']*)'/i.exec(statement)?.[1] ?? '%';
  return Object.entries(values)
    .filter(([name, value]) => wanted(name) && like(of).test(value))
    .map(([name, value]) => ({ Variable_name: name, Value: value }));
};

/** The answer to a statement; null where an empty OK is one. */
export const answered = (statement: string, options: StandIn): StandInAnswer | null => {
  const special = options.answer?.(statement);
  if (special !== undefined) return special;
  const variables = {
    ...USUAL,
    version: options.version,
    version_comment: options.comment ?? '',
    ...options.variables,
  };
  if (/^show\s+(global\s+|session\s+)?variables/i.test(statement)) return listed(statement, variables);
  if (/^show\s+(global\s+|session\s+)?status/i.test(statement))
    return listed(statement, { ...BUSY, ...options.status });
  if (/^show\s+grants/i.test(statement))
    return (options.grants ?? ["GRANT ALL PRIVILEGES ON *.* TO 'wa'@'%'"]).map((line) => ({ 'Grants for wa@%': line }));
  if (/^show\b/i.test(statement)) return [];
  if (!/^select\b/i.test(statement)) return null;
  if (/^select\s+count\(\*\)\s+as\s+n\s+from\s+information_schema\.character_sets/i.test(statement))
    return [{ n: '1' }];
  if (/\bfrom\s+`?mysql`?\.`?user`?/i.test(statement))
    return options.plugin === undefined
      ? error(1142, "SELECT command denied to user 'wa'@'127.0.0.1' for table 'user'")
      : [{ [/\bplugin\s+as\s+(\w+)/i.exec(statement)?.[1] ?? 'plugin']: options.plugin }];
  if (/\bfrom\b/i.test(statement)) return [];
  const row: Record<string, string | null> = {};
  for (const part of partsOf(statement.replace(/^select\s+/i, '').replace(/[\s;]+$/, ''))) {
    const [, expression = part, alias = expression] = /^(.*?)(?:\s+as\s+`?(\w+)`?)?$/is.exec(part) ?? [];
    const found = evaluated(expression.trim(), options, variables);
    if ('code' in found) return found;
    row[alias] = found.value;
  }
  return [row];
};
