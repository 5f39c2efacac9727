#!/bin/sh
# Fetches Compose, as the plug-in of Docker's client, out of Debian's unstable suite, for the tests: it is what our reader of env
# and compose files is held against. It is unpacked into a folder of its own, and changes nothing in the system.
# Does nothing where it is there already. Needs apt and dpkg; not root.
set -eu

home=${XDG_CACHE_HOME:-$HOME/.cache}/wa-preflight-tests/compose
[ -x "$home/cli-plugins/docker-compose" ] && exit 0

not() {
  echo "Compose could not be had: $1. Tests that need it are skipped." >&2
  exit 1
}

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
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/compose/cli-plugins"
: >"$work/status"
echo "deb [signed-by=$keys] $mirror sid main" >"$work/sources.list"

# What the machine says of proxies holds; of sources, states and pins nothing does.
apt() {
  apt-get -qq -o "Dir::State=$work/state" -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" \
    -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
    -o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::Retries=2 -o Acquire::http::Timeout=20 \
    -o Debug::NoLocking=true "$@" >"$work/said" 2>&1 </dev/null
}
apt update || not "$(tail -n 1 "$work/said")"
(cd "$work" && apt download docker-compose) || not "$(tail -n 1 "$work/said")"
dpkg -x "$work"/docker-compose_*.deb "$work/tree"
mv "$work/tree/usr/libexec/docker/cli-plugins/docker-compose" "$work/compose/cli-plugins/" ||
  not 'the package holds no plug-in'
chmod 0755 "$work/compose"
# Whoever was first has done the same.
mv -T "$work/compose" "$home" 2>/dev/null || [ -x "$home/cli-plugins/docker-compose" ] || not "$home is in the way"
