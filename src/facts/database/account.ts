const quoted = (text: string): string => `'${text.replace(/['\\]/g, (char) => char + char)}'`;

/** An account as MySQL's statements name it, from `CURRENT_USER()` ("wa@%"), or from a user's name alone, its host left open. */
export const mysqlAccount = (user: string): string => {
  const at = user.lastIndexOf('@');
  return at < 0 ? `${quoted(user)}@'...'` : `${quoted(user.slice(0, at))}@${quoted(user.slice(at + 1))}`;
};

/** The statement that lets an account log in by another plugin. MariaDB writes it otherwise, and MySQL 9 lacks the native one. */
export const alterPlugin = (user: string, plugin = 'mysql_native_password'): string =>
  `on MySQL 5.7 and 8.0: ALTER USER ${mysqlAccount(user)} IDENTIFIED WITH ${plugin} BY '...'`;
