# shellcheck shell=sh disable=SC2034,SC2154 # sourced: names come from and go to the other parts
# The report of stage 0: the same document as the tool's own, or its text.

# Judges one check, or says why it cannot be judged without Node.js.
wa_judge() {
  wa_value='' wa_display=''
  case $1 in
    lifecycle.product) wa_judge_lifecycle ;;
    host.platform) wa_judge_platform ;;
    host.os) wa_judge_os ;;
    host.kernel) wa_judge_kernel ;;
    host.glibc) wa_judge_glibc ;;
    *) wa_found unknown "$wa_not_asked" "$wa_mend" ;;
  esac
}

# Adds one result; fields of a row: id, phase, level, what it writes, its option, whether it goes beyond this host, title,
# JSON before and after the outcome.
wa_add_result() {
  wa_reason=''
  if [ "$5" != - ] && ! wa_in "$5" "$wa_opted"; then
    wa_display=''
    wa_found skip "Left out: $5 asks for it."
    wa_reason=left-out
  elif [ "$wa_offline" ] && [ "$6" != - ]; then
    wa_display=''
    wa_found skip 'Left out: --offline was given, and it connects beyond this host.'
    wa_reason=left-out
  elif [ "$wa_quick" ] && [ "$4" != - ]; then
    wa_display=''
    wa_found skip "Left out: --quick leaves it out: it $4."
    wa_reason=left-out
  else
    wa_judge "$1"
    # Advice is at most a warning.
    case $3/$wa_outcome in advice/fail) wa_outcome=warn ;; */unknown) wa_reason=no-answer ;; esac
  fi
  case $3/$wa_outcome in
    required/unknown) wa_unproven=yes ;;
    required/skip) ;;
    required/*) wa_judged=yes ;;
  esac
  wa_planned="$wa_planned${wa_planned:+,}\"$1\""
  eval "wa_n_$wa_outcome=\$((wa_n_$wa_outcome + 1))"
  wa_said="\"outcome\":\"$wa_outcome\",\"message\":$(wa_quoted "$wa_message")"
  wa_checks="$wa_checks${wa_checks:+,
}{$8,$wa_said"
  wa_json_value=null
  [ -z "$wa_value" ] || wa_json_value=$(wa_quoted "$wa_value")
  [ -z "$wa_display" ] ||
    wa_checks="$wa_checks,\"measured\":{\"value\":$wa_json_value,\"display\":$(wa_quoted "$wa_display")}"
  wa_checks="$wa_checks,\"findings\":[{$wa_said${wa_remedy:+,\"remedy\":$(wa_quoted "$wa_remedy")}}]"
  wa_checks="$wa_checks${wa_reason:+,\"reason\":\"$wa_reason\"},$9,\"durationMs\":0}"
  case $wa_outcome/$wa_message in
    unknown/"$wa_not_asked") wa_unasked="$wa_unasked $1" ;;
    *) wa_text="$wa_text
$(printf '%-8s %-18s ' "$wa_outcome" "$1")$(wa_printable "$wa_message")${wa_remedy:+
                            to do: $(wa_printable "$wa_remedy")}" ;;
  esac
}

# Judges every planned check, in this very shell so that no count is lost.
wa_judge_all() {
  wa_planned='' wa_checks='' wa_text='' wa_unasked='' wa_unproven='' wa_judged=''
  wa_n_pass=0 wa_n_warn=0 wa_n_fail=0 wa_n_unknown=0 wa_n_skip=0
  wa_mend=$(wa_mend_by)
  wa_not_asked="Could not find out: Node.js cannot start on this host: $wa_why"
  while IFS=$wa_tab read -r wa_id wa_when wa_level wa_writes wa_opt_in wa_outbound wa_title wa_before wa_after; do
    [ "$wa_phase" = all ] || [ "$wa_when" = "$wa_phase" ] || continue
    [ -z "$wa_only" ] || wa_matches "$wa_id" "$wa_only" || continue
    [ -z "$wa_skip" ] || ! wa_matches "$wa_id" "$wa_skip" || continue
    wa_add_result "$wa_id" "$wa_when" "$wa_level" "$wa_writes" "$wa_opt_in" "$wa_outbound" "$wa_title" "$wa_before" \
      "$wa_after"
  done <<WA_ROWS
$wa_rows
WA_ROWS
  [ "$wa_planned" ] || wa_wrong 'no check is left to run: --only, --skip and --phase leave none'
  [ "$wa_strict" = true ] && wa_failing=$((wa_n_fail + wa_n_warn)) || wa_failing=$wa_n_fail
  if [ "$wa_failing" -gt 0 ]; then wa_verdict=not-ready wa_exit=1
  elif [ "$wa_unproven" ] || [ -z "$wa_judged" ]; then wa_verdict=not-proven wa_exit=3
  elif [ "$wa_n_warn" -gt 0 ] || [ "$wa_n_unknown" -gt 0 ]; then wa_verdict=ready-with-warnings wa_exit=0
  else wa_verdict=ready wa_exit=0
  fi
}

# A random UUID of version 4; where nothing is random, one by time and process.
wa_uuid() {
  wa_first_line /proc/sys/kernel/random/uuid && return
  printf '%s\n' "$(od -An -N16 -tx1 /dev/urandom 2>/dev/null | tr -d ' \n')" |
    sed -n 's/^\(.\{8\}\)\(.\{4\}\).\(...\).\(...\)\(.\{12\}\)$/\1-\2-4\3-8\4-\5/p' | grep . ||
    printf '%08x-0000-4000-8000-%012x' "$(date +%s)" $$
}

wa_json_report() {
  case $wa_machine in x86_64) wa_arch=x64 ;; aarch64) wa_arch=arm64 ;; *) wa_arch=${wa_machine:-unknown} ;; esac
  [ "$(id -u)" = 0 ] && wa_root_user=true || wa_root_user=false
  printf '{%s,\n"run":{"id":"%s","startedAt":"%s","durationMs":%s,"outcome":"%s","exitCode":%s,' \
    "$wa_head" "$(wa_uuid)" "$wa_started" "$wa_took" "$wa_verdict" "$wa_exit"
  printf '"profile":"%s","phase":"%s","shape":"%s","privileged":%s,"strict":%s,"replayed":false,"planned":[%s]},\n' \
    "$wa_profile" "$wa_phase" "$wa_shape" "$wa_root_user" "$wa_strict" "$wa_planned"
  printf '"lifecycle":%s,\n"host":{"name":%s,"os":%s,' \
    "$wa_lifecycle" "$(wa_quoted "$(uname -n)")" "$(wa_quoted "$(wa_distribution)")"
  printf '"kernel":%s,"arch":%s,"virtualization":"unknown"},\n' \
    "$(wa_quoted "${wa_release:-unknown}")" "$(wa_quoted "$wa_arch")"
  printf '"summary":{"pass":%s,"skip":%s,"warn":%s,"unknown":%s,"fail":%s,"waived":0},\n"checks":[\n%s\n]}\n' \
    "$wa_n_pass" "$wa_n_skip" "$wa_n_warn" "$wa_n_unknown" "$wa_n_fail" "$wa_checks"
}

wa_plain_report() {
  printf '%s\n\nNode.js cannot start here, so a shell judged what it can read.\nWhy: %s\nTo do: %s\n%s\n' \
    "$wa_lifecycle_message" "$(wa_printable "$wa_why")" "$(wa_printable "$wa_mend")" "$wa_text"
  [ -z "$wa_unasked" ] || printf '%-8s %s\n' unknown "not asked:$wa_unasked"
  printf '\n%s  %s pass, %s warn, %s fail, %s unknown, %s skip\n' "$(wa_verdict_words "$wa_verdict")" \
    "$wa_n_pass" "$wa_n_warn" "$wa_n_fail" "$wa_n_unknown" "$wa_n_skip"
}

wa_nagios_report() {
  case $wa_verdict in
    ready) wa_state=OK wa_exit=0 ;;
    ready-with-warnings) wa_state=WARNING wa_exit=1 ;;
    not-ready) wa_state=CRITICAL wa_exit=2 ;;
    *) wa_state=UNKNOWN wa_exit=3 ;;
  esac
  wa_document="WA-PREFLIGHT $wa_state - $(wa_verdict_words "$wa_verdict"); Node.js cannot start here"
}
