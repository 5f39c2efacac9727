# shellcheck shell=sh disable=SC2034,SC2154 # sourced: names come from and go to the other parts
# Reads the command line by the tool's own table (wa_valued, wa_flags, wa_commands), which the build put above.

wa_needs_node() { wa_refuse 70 no-node "$1 needs Node.js, which cannot start here: $wa_why"; }
wa_wrong() { wa_refuse 2 usage "$1"; }

# Whether id $1 fits one of the globs $2, which have commas between them.
wa_matches() {
  wa_no=1 wa_ifs=$IFS
  set -f
  IFS=', '
  for wa_glob in $2; do
    # shellcheck disable=SC2254 # it is a glob
    case $1 in $wa_glob) wa_no=0 ;; esac
  done
  IFS=$wa_ifs
  set +f
  return "$wa_no"
}

# A glob that fits no id is a mistake, never "0 checks, all fine".
wa_refuse_idle_globs() {
  wa_globs=$2
  while [ -n "$wa_globs" ]; do
    wa_one=${wa_globs%%,*} wa_hit=''
    wa_globs=${wa_globs#"$wa_one"} wa_globs=${wa_globs#,}
    for wa_id in $wa_ids; do ! wa_matches "$wa_id" "$wa_one" || wa_hit=yes; done
    [ -n "$wa_hit" ] || wa_wrong "$1: no check matches \"$wa_one\""
  done
}

wa_option() {
  case $1 in
    --json) wa_format=json ;;
    --format) wa_in "$2" "$wa_formats" || wa_wrong "--format: there is no format \"$2\""; wa_format=$2 ;;
    --profile) wa_in "$2" "$wa_profiles" || wa_wrong "--profile: there is no profile \"$2\""; wa_profile=$2 ;;
    --shape) wa_in "$2" "$wa_shapes" || wa_wrong "--shape: there is no shape \"$2\""; wa_shape=$2 ;;
    --phase) wa_in "$2" 'before after all' || wa_wrong "--phase: there is no phase \"$2\""; wa_phase=$2 ;;
    --only) wa_refuse_idle_globs --only "$2"; wa_only=$wa_only,$2 ;;
    --skip) wa_refuse_idle_globs --skip "$2"; wa_skip=$wa_skip,$2 ;;
    --quick) wa_quick=yes ;;
    --strict) wa_strict=true ;;
    --output) case $2 in json=?*) wa_file=${2#json=} ;; *) wa_needs_node "--output $2" ;; esac ;;
    --spec | --from | --waivers | --record) wa_needs_node "$1" ;;
    --version | -V) printf '%s\n' "$wa_version"; exit 0 ;;
    --help | -h) printf '%s\n\nNode.js cannot start here: %s\n' "$wa_usage" "$(wa_printable "$wa_why")"; exit 0 ;;
  esac
}

wa_command() {
  case $1 in
    check) ;;
    help) wa_option --help ;;
    *)
      ! wa_in "$1" "$wa_commands" || wa_needs_node "$1"
      wa_wrong "there is no command \"$1\""
      ;;
  esac
}

wa_read_call() {
  wa_format=plain wa_profile=production wa_shape=single wa_phase=before
  wa_only='' wa_skip='' wa_quick='' wa_strict=false wa_file='' wa_first=yes
  while [ $# -gt 0 ]; do
    if wa_in "$1" "$wa_flags"; then wa_option "$1"
    elif wa_in "${1%%=*}" "$wa_valued"; then
      case $1 in
        *=*) wa_option "${1%%=*}" "${1#*=}" ;;
        *)
          [ $# -gt 1 ] || wa_wrong "$1 needs a value"
          wa_option "$1" "$2"
          shift
          ;;
      esac
    else
      case $wa_first$1 in
        yes[!-]*) wa_command "$1" ;;
        *) wa_wrong "there is no option \"$1\"" ;;
      esac
    fi
    wa_first=''
    shift
  done
}
