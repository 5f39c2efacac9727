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

# A glob that fits no id is a mistake, never "0 checks, all fine"; so are none at all.
wa_refuse_idle_globs() {
  wa_globs=$2
  case $wa_globs in *[!,\ ]*) ;; *) wa_wrong "$1: at least one id or glob is needed" ;; esac
  while [ -n "$wa_globs" ]; do
    wa_one=${wa_globs%%,*} wa_hit=''
    wa_globs=${wa_globs#"$wa_one"} wa_globs=${wa_globs#,}
    for wa_id in $wa_ids; do ! wa_matches "$wa_id" "$wa_one" || wa_hit=yes; done
    [ -n "$wa_hit" ] || wa_wrong "$1: no check matches \"$wa_one\""
  done
}

# Whether $1 is a time above nought: 90, 90s, 5m.
wa_is_time() {
  wa_number=${1%%[!0-9.]*}
  case $wa_number in '' | .* | *. | *.*.*) return 1 ;; *[1-9]*) wa_in "${1#"$wa_number"}" ' ms s m min h' ;; *) return 1 ;; esac
}

# Keeps the file of --output $1, one a line.
wa_add_file() {
  wa_in "${1%%=*}" "$wa_formats" || wa_wrong "--output $1: FORMAT=FILE is needed, with FORMAT one of $wa_formats"
  case $1 in
    json=?*) wa_files="$wa_files${1#json=}
" ;;
    *=?*) wa_needs_node "--output $1" ;;
    *) wa_wrong "--output $1: FORMAT=FILE is needed" ;;
  esac
}

wa_option() {
  case $1 in
    --json) wa_as_json=yes ;;
    --format) wa_in "$2" "$wa_formats" || wa_wrong "--format: there is no format \"$2\""; wa_format=$2 ;;
    --color) wa_in "$2" 'auto always never' || wa_wrong "--color: there is no \"$2\"" ;;
    --timeout | --check-timeout) wa_is_time "$2" || wa_wrong "$1 $2: a time such as 90, 90s or 5m is needed" ;;
    --profile) wa_in "$2" "$wa_profiles" || wa_wrong "--profile: there is no profile \"$2\""; wa_profile=$2 ;;
    --shape) wa_in "$2" "$wa_shapes" || wa_wrong "--shape: there is no shape \"$2\""; wa_shape=$2 ;;
    --phase) wa_in "$2" 'before after all' || wa_wrong "--phase: there is no phase \"$2\""; wa_phase=$2 ;;
    --only) wa_refuse_idle_globs --only "$2"; wa_only=$wa_only,$2 ;;
    --skip) wa_refuse_idle_globs --skip "$2"; wa_skip=$wa_skip,$2 ;;
    --quick) wa_quick=yes ;;
    --offline) wa_offline=yes ;;
    --db-write-probe | --stats-db | --test-default-admin | --test-webhook | --send-test-message | --hold-connection)
      wa_opted="$wa_opted $1"
      ;;
    --strict) wa_strict=true ;;
    --output) wa_add_file "$2" ;;
    --spec | --from | --waivers | --record | --target)
      [ "$2" ] || wa_wrong "$1: the name of a file or folder is needed"
      [ "$1" = --target ] || wa_needs_node "$1"
      ;;
    --version | -V) wa_print "$wa_version"; exit 0 ;;
    --help | -h) wa_print "$wa_usage

Node.js cannot start here: $(wa_printable "$wa_why")"; exit 0 ;;
  esac
}

wa_command() {
  case $1 in
    check) ;;
    help) ! wa_in "${2:--}" "- $wa_commands" || wa_option --help; wa_wrong "there is no command \"$2\"" ;;
    *)
      ! wa_in "$1" "$wa_commands" || wa_needs_node "$1"
      wa_wrong "there is no command \"$1\""
      ;;
  esac
}

wa_read_call() {
  wa_profile=production wa_shape=single wa_phase=before
  wa_only='' wa_skip='' wa_quick='' wa_strict=false wa_files='' wa_opted='' wa_first=yes wa_as_json='' wa_format=''
  case ${WA_PREFLIGHT_OFFLINE-} in 1 | true) wa_offline=yes ;; *) wa_offline='' ;; esac
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
        yes | yes[!-]*) wa_command "$@" ;;
        *) wa_wrong "there is no option \"$1\"" ;;
      esac
    fi
    wa_first=''
    shift
  done
  case $wa_as_json/$wa_format in yes/ | /json | yes/json) wa_format=json ;; yes/*) wa_wrong '--json and --format name different formats' ;; esac
}
