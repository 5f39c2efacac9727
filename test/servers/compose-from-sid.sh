#!/bin/sh
# Fetches Compose, as the plug-in of Docker's client, for the tests: it is what our reader of env and compose files is held
# against. Does nothing where it is there already.
set -eu

what=Compose
home=${XDG_CACHE_HOME:-$HOME/.cache}/wa-preflight-tests/compose
[ -x "$home/cli-plugins/docker-compose" ] && exit 0
# shellcheck source=test/servers/sid.sh
. "$(dirname "$0")/sid.sh"

mkdir -p "$work/compose/cli-plugins"
(cd "$work" && apt download docker-compose) || not "$(tail -n 1 "$work/said")"
dpkg -x "$work"/docker-compose_*.deb "$work/tree"
mv "$work/tree/usr/libexec/docker/cli-plugins/docker-compose" "$work/compose/cli-plugins/" ||
  not 'the package holds no plug-in'
chmod 0755 "$work/compose"
# Whoever was first has done the same.
mv -T "$work/compose" "$home" 2>/dev/null || [ -x "$home/cli-plugins/docker-compose" ] || not "$home is in the way"
