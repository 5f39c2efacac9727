#!/bin/sh
# Fetches a current MySQL server for the tests: no package registry has one. It runs with its own C library.
# Does nothing where it is there already.
set -eu

what='MySQL 9'
home=${XDG_CACHE_HOME:-$HOME/.cache}/wa-preflight-tests/mysql-9
[ -f "$home/ready" ] && exit 0
# shellcheck source=test/servers/sid.sh
. "$(dirname "$0")/sid.sh"
[ "$(uname -sm)" = 'Linux x86_64' ] || not 'this is not Linux on x86-64'

mkdir -p "$work/mysql/tree"
apt -y --download-only install mysql-server-core || not "$(tail -n 1 "$work/said")"

tree=$work/mysql/tree
for package in "$work"/cache/archives/*.deb; do dpkg -x "$package" "$tree"; done
rm -rf "$tree/usr/share/doc" "$tree/usr/share/man" "$tree/usr/share/locale" "$tree/usr/share/perl" "$tree/usr/share/i18n"
find "$tree/usr/bin" "$tree/usr/lib/x86_64-linux-gnu/perl-base" "$tree/var" -delete 2>/dev/null || true

# An empty set of databases: every server of the tests starts with a copy of it, and is there 3 s sooner.
libraries=$tree/usr/lib/x86_64-linux-gnu:$tree/usr/lib/mysql/private
"$tree/usr/lib64/ld-linux-x86-64.so.2" --library-path "$libraries" "$tree/usr/sbin/mysqld" --no-defaults \
  --initialize-insecure --user="$(id -un)" --basedir="$tree/usr" --datadir="$work/mysql/data" \
  --lc-messages-dir="$tree/usr/share/mysql" --innodb-redo-log-capacity=8M --performance-schema=OFF \
  --auto-generate-certs=OFF --disable-log-bin >"$work/said" 2>&1 || not "$(tail -n 1 "$work/said")"

date -u +%FT%TZ >"$work/mysql/ready"
chmod 0755 "$work/mysql"
# Whoever was first has done the same.
mv -T "$work/mysql" "$home" 2>/dev/null || [ -f "$home/ready" ] || not "$home is in the way"
