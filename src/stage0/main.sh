# shellcheck shell=sh disable=SC2034,SC2154 # sourced: names come from and go to the other parts
# The run of stage 0: call, judgements, output, exit code.

wa_not_written() { printf 'wa-preflight: %s could not be written: %s\n' "$1" "$(wa_printable "$2")" >&2; exit 74; }

# A closed pipe is the reader's choice (141 is SIGPIPE); anything else that stops cat is an output not written.
wa_print() {
  { wa_error=$(printf '%s\n' "$1" 2>/dev/null | LC_ALL=C cat 2>&1 >&3); } 3>&1
  case $?/$wa_error in 0/* | 141/* | */*'Broken pipe'*) ;; *) wa_not_written 'standard output' "$wa_error" ;; esac
}

wa_read_call "$@"
wa_variant "$wa_profile" "$wa_shape"
wa_since=$(date +%s)
wa_started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
# Without a clock that answers it is at least the day on which the spec was checked.
case $wa_started in [0-9][0-9][0-9][0-9]-*T*Z) ;; *) wa_started=${wa_checked_on}T00:00:00Z ;; esac
wa_today=${wa_started%T*}
if [ "$(printf '%s' "$wa_today" | tr -d -)" -gt "$(printf '%s' "$wa_ended_on" | tr -d -)" ]; then
  wa_over=yes wa_lifecycle=$wa_lifecycle_ended wa_lifecycle_message=$wa_ended_message
else
  wa_over='' wa_lifecycle=$wa_lifecycle_supported wa_lifecycle_message=$wa_supported_message
fi
wa_judge_all
wa_took=$((($(date +%s) - ${wa_since:-0}) * 1000))
[ "$wa_took" -ge 0 ] || wa_took=0

[ -z "$wa_files" ] || wa_document=$(wa_json_report)
while IFS= read -r wa_file; do
  [ "$wa_file" ] || continue
  wa_error=$( (umask 077 && printf '%s\n' "$wa_document" >"$wa_file") 2>&1) || wa_not_written "$wa_file" "$wa_error"
done <<WA_FILES
$wa_files
WA_FILES
case $wa_format in
  json) wa_document=$(wa_json_report) ;;
  nagios) wa_nagios_report ;;
  *) wa_document=$(wa_plain_report) ;;
esac
wa_print "$wa_document"
exit "$wa_exit"
