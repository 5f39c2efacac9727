# shellcheck shell=sh disable=SC2034,SC2154 # sourced: names come from and go to the other parts
# How it is judged, by the limits of the spec. Each judgement sets outcome, message, remedy, value and display.

# Whether word $1 stands in list $2.
wa_in() {
  case " $2 " in *" $1 "*) return 0 ;; esac
  return 1
}

wa_found() { wa_outcome=$1 wa_message=$2 wa_remedy=${3-}; }

# Whether version $1 is at least $2: number by number, without what a vendor adds (4.9 < 4.11, 2.4 < 2.28).
wa_at_least() {
  wa_has="${1%%[!0-9.]*}." wa_needs="$2."
  while [ -n "$wa_needs" ]; do
    wa_a=${wa_has%%.*} wa_b=${wa_needs%%.*}
    wa_has=${wa_has#*.} wa_needs=${wa_needs#*.}
    [ "${wa_a:-0}" -le "${wa_b:-0}" ] || return 0
    [ "${wa_a:-0}" -ge "${wa_b:-0}" ] || return 1
  done
}

wa_server='Install the client on an x86-64 Linux server, or in a Linux virtual machine.'

wa_judge_platform() {
  case $wa_kernel_name in
    MINGW* | MSYS* | CYGWIN* | Windows*) wa_system=Windows ;;
    Darwin) wa_system=macOS ;;
    *) wa_system=$wa_kernel_name ;;
  esac
  wa_signs=$(wa_wsl_signs) wa_around=$(wa_container_signs)
  wa_value=$wa_machine wa_display="$wa_system on $wa_machine"
  if [ -z "$wa_system" ]; then
    wa_display=''
    wa_found unknown 'Could not find out: uname does not answer.' "$wa_mend"
  elif [ "$wa_system" != Linux ]; then wa_found fail "This is $wa_system; a Linux server is needed." "$wa_server"
  elif [ "$wa_signs" ]; then
    case $wa_release in 4.4.0-*-Microsoft) wa_system='WSL 1' ;; *) wa_system='WSL 2' ;; esac
    wa_display="$wa_system on $wa_machine"
    wa_found fail "This is $wa_system (${wa_signs%, }); a Linux server is needed." "$wa_server"
  elif ! wa_in "$wa_machine" "$wa_architectures"; then
    wa_found fail "The processor is $wa_machine; the client's images are $wa_architectures only." "$wa_server"
  else
    case $wa_release/$wa_around in
      *linuxkit*/*)
        wa_found fail "This is Docker Desktop (release $wa_release); Docker Engine on a Linux server is needed." \
          "$wa_server"
        ;;
      */) wa_found pass "Linux on $wa_machine" ;;
      *) wa_found warn "This runs in a container (${wa_around%, }): these figures are partly the container's own." \
        'Run the tool on the host itself.' ;;
    esac
  fi
}

wa_judge_kernel() {
  wa_value=$wa_release wa_display=$wa_release
  case $wa_kernel_name/$wa_release in
    Linux/[0-9]*) ;;
    *)
      wa_found unknown \
        "The kernel is that of $wa_kernel_name, \"$wa_release\"; Linux $wa_kernel_min or later is needed." "$wa_mend"
      return
      ;;
  esac
  if wa_at_least "$wa_release" "$wa_kernel_min"; then wa_found pass "Linux $wa_release"
  else
    wa_found fail "Linux $wa_release, $wa_kernel_min or later is needed (statx was not tried)." \
      "Move to $wa_upgrade, or boot a kernel of $wa_kernel_min or later."
  fi
}

wa_judge_glibc() {
  wa_value=$(wa_libc)
  wa_display="glibc $wa_value"
  case $wa_value in
    [0-9]*)
      if wa_at_least "$wa_value" "$wa_glibc_min"; then wa_found pass "glibc $wa_value"
      else
        wa_found fail "glibc $wa_value, $wa_glibc_min or later is needed." \
          "Move to $wa_upgrade; glibc cannot be replaced by itself."
      fi
      ;;
    '')
      wa_display=''
      wa_found unknown 'Could not find out: neither getconf nor ldd tells the C library.' "$wa_mend"
      ;;
    *)
      wa_display=$wa_value wa_value=''
      wa_found warn "The C library is not glibc ($wa_display); glibc $wa_glibc_min or later is needed." \
        "Move to $wa_upgrade, which has glibc."
      ;;
  esac
}

wa_judge_os() {
  wa_value=$(wa_distribution)
  wa_display=$wa_value
  wa_found unknown "$wa_value; Node.js is needed to tell whether it still gets security updates." "$wa_mend"
}

wa_judge_lifecycle() {
  wa_value=$wa_today wa_display=$wa_today
  if [ "$wa_over" ]; then wa_found "$wa_ended_outcome" "$wa_ended_message" "$wa_ended_remedy"
  else wa_found pass "$wa_supported_message"
  fi
}

# What would let Node.js start here, by why it did not.
wa_mend_by() {
  case $wa_why in
    *GLIBC_[0-9]*)
      wa_needs=${wa_why#*GLIBC_}
      printf 'Use a machine with glibc %s or later, such as %s.' "${wa_needs%%\'*}" "${wa_upgrade#*such as }"
      ;;
    *GLIBCXX_* | *CXXABI_*) printf 'Install a newer libstdc++ (package libstdc++6 or libstdc++).' ;;
    *'.so'*': cannot open shared object file'* | *'.so'*' => not found'*)
      wa_needs=${wa_why%%: cannot open shared*}
      wa_needs=${wa_needs%% => not found*}
      printf 'Install the library %s, then run the tool again.' "${wa_needs##*[ "$wa_tab"]}"
      ;;
    *'the loader of glibc'*)
      printf 'Use a machine with glibc 2.28 or later, or install Node.js %s or later for this one.' "$wa_least" ;;
    *'for this kind of machine'*) printf 'Use a Linux server with x86-64.' ;;
    *'is not installed'* | *'for another kind of machine'*)
      printf 'Run npm ci on this very machine, or install Node.js %s or later.' "$wa_least" ;;
    *'exit code 13'[34]* | *'exit code 159'*)
      printf 'Run the tool outside of the sandbox or memory limit that stops Node.js.' ;;
    *) printf 'Install the tool again here, or set WA_PREFLIGHT_NODE to a Node.js %s or later.' "$wa_least" ;;
  esac
}
