# shellcheck shell=sh disable=SC2034,SC2154 # sourced: names come from and go to the other parts
# What a shell can read of a host on which Node.js cannot start. Part of dist/stage0.sh, which bin/wa-preflight sources.

# Where the files of the host are; tests put another folder here.
wa_host=''
wa_tab=$(printf '\t')
LC_ALL=C
export LC_ALL

wa_kernel_name=$(uname -s 2>/dev/null)
wa_release=$(uname -r 2>/dev/null)
wa_machine=$(uname -m 2>/dev/null)

wa_first_line() { [ -r "$wa_host$1" ] && IFS= read -r wa_line <"$wa_host$1" && printf '%s' "$wa_line"; }

# Name of the distribution, by os-release or an older file of one line.
wa_distribution() {
  for wa_file in /etc/os-release /usr/lib/os-release; do
    [ -r "$wa_host$wa_file" ] || continue
    sed -n "s/^PRETTY_NAME=//p" "$wa_host$wa_file" | sed -n "1{s/^[\"']//;s/[\"'] *\$//;s/\\\\\\(.\\)/\\1/g;p;}"
    return
  done
  for wa_file in /etc/centos-release /etc/redhat-release /etc/SuSE-release; do
    wa_first_line "$wa_file" && return
  done
  printf '%s' "${wa_kernel_name:-unknown}"
}

# Version of glibc; "musl" or "uClibc" where that is the C library; nothing where it cannot be told.
wa_libc() {
  wa_says=$(getconf GNU_LIBC_VERSION 2>/dev/null)
  case $wa_says in 'glibc '[0-9]*) printf '%s' "${wa_says#glibc }"; return ;; esac
  wa_says=$(ldd --version 2>&1)
  case $wa_says in
    *'musl libc'*) printf musl ;;
    *uClibc*) printf uClibc ;;
    'ldd ('*) printf '%s\n' "$wa_says" | sed -n '1s/^ldd (.*) \(.* \)\{0,1\}\([0-9][0-9]*\.[0-9][0-9.]*\)$/\2/p' ;;
    *) for wa_file in "$wa_host"/lib/ld-musl-*.so.1; do [ ! -e "$wa_file" ] || printf musl; done ;;
  esac
}

# The signs of WSL, a comma after each; nothing on other hosts. Kernels can be custom-built there. Below an automount
# nothing is touched, as that would mount it: /proc/mounts says first whether binfmt_misc is there.
wa_wsl_signs() {
  case $wa_release in *[Mm]icrosoft* | *WSL*) printf 'release %s, ' "$wa_release" ;; esac
  case "$(wa_first_line /proc/version)" in *[Mm]icrosoft* | *WSL*) printf '/proc/version, ' ;; esac
  wa_interop=/proc/sys/fs/binfmt_misc
  if grep " $wa_interop " "$wa_host/proc/mounts" 2>/dev/null | grep -qv " $wa_interop autofs "; then
    for wa_handler in WSLInterop WSLInterop-late; do
      [ ! -e "$wa_host$wa_interop/$wa_handler" ] || printf '%s, ' "$wa_interop/$wa_handler"
    done
  fi
  [ ! -d "$wa_host/run/WSL" ] || printf '/run/WSL, '
}

# The signs of a container, a comma after each. /.dockerenv also stands on machines made from an image: it counts only
# where process 2 is not the kernel's own, which only the first PID namespace shows.
wa_container_signs() {
  [ ! -e "$wa_host/run/.containerenv" ] || printf '/run/.containerenv, '
  [ -z "${KUBERNETES_SERVICE_HOST-}" ] || printf 'KUBERNETES_SERVICE_HOST, '
  [ ! -e "$wa_host/run/systemd/container" ] || printf 'container=%s, ' "$(wa_first_line /run/systemd/container)"
  [ "$(wa_first_line /proc/2/comm)" = kthreadd ] || [ ! -e "$wa_host/.dockerenv" ] || printf '/.dockerenv, '
}
