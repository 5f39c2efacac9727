#!/bin/sh
# Fetches a current MySQL server out of Debian's unstable suite, for the tests: no package registry has one.
# It is unpacked into a folder of its own, runs there with its own C library, and changes nothing in the system.
# Does nothing where it is there already. Needs apt and dpkg; not root.
set -eu

home=${XDG_CACHE_HOME:-$HOME/.cache}/wa-preflight-tests/mysql-9
[ -f "$home/ready" ] && exit 0

not() {
  echo "MySQL 9 could not be had: $1. Tests that need it are skipped." >&2
  exit 1
}

[ "$(uname -sm)" = 'Linux x86_64' ] || not 'this is not Linux on x86-64'
for program in apt-get dpkg; do command -v "$program" >/dev/null || not "there is no $program"; done
keys=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keys" ] || not "there is no $keys"
release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
# shellcheck disable=SC2016 # apt fills these in
mirror=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
  sed -n "s/^$release main //p" | head -n 1)
[ -n "$mirror" ] || not 'the apt sources of this machine name no mirror of Debian'

mkdir -p "$(dirname "$home")"
work=$(mktemp -d "$home.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/mysql/tree"
: >"$work/status"
echo "deb [signed-by=$keys] $mirror sid main" >"$work/sources.list"

# What the machine says of proxies holds; of sources, states and pins nothing does.
apt() {
  apt-get -qq -o "Dir::State=$work/state" -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" \
    -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
    -o APT::Install-Recommends=false -o APT::Sandbox::User= -o Acquire::Languages=none \
    -o Acquire::Retries=2 -o Acquire::http::Timeout=20 -o Debug::NoLocking=true "$@" >"$work/said" 2>&1 </dev/null
}
apt update || not "$(tail -n 1 "$work/said")"
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
