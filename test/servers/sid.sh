# Sourced by the scripts beside it: programs out of Debian's unstable suite, unpacked into folders of their own.
# Wants $what (for words) and $home (the folder to come); gives $work, a folder that goes with the script, and apt, which sees
# that suite alone and changes nothing in the system. Needs apt and dpkg; not root.
# shellcheck shell=sh disable=SC2154

not() {
  echo "$what could not be had: $1. Tests that need it are skipped." >&2
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
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
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
