# shellcheck shell=sh disable=SC2034,SC2154 # sourced by bin/wa-preflight, whose names it uses
# Stage 0 in a checkout that was never built, on a host whose Node.js cannot start (and so cannot build it): text only,
# by the limits of the spec that the checkout holds.
for wa_part in facts judge; do
  # shellcheck source=/dev/null
  . "$wa_root/src/stage0/$wa_part.sh"
done

# The `min` of one requirement, as the spec writes it.
wa_limit() {
  sed -n "/^  $1:/,/^ *value:/s/.*value: *{ *min: *\"*\([0-9.]*\).*/\1/p" "$wa_root/checks/specs/onprem.yaml" |
    sed -n 1p
}

wa_tell() {
  wa_judge_"$1"
  printf '%-8s %-14s %s\n' "$wa_outcome" "host.$1" "$(wa_printable "$wa_message")"
  [ -z "$wa_remedy" ] || printf '%24sto do: %s\n' '' "$(wa_printable "$wa_remedy")"
  [ "$wa_outcome" != fail ] || wa_exit=1
}

wa_architectures=x86_64 wa_upgrade='a supported distribution such as Debian 13'
wa_kernel_min=$(wa_limit host.kernel) wa_glibc_min=$(wa_limit host.glibc)
if [ -z "$wa_json" ] && [ "$wa_kernel_min" ] && [ "$wa_glibc_min" ]; then
  wa_exit=3 wa_mend=$(wa_mend_by)
  printf 'Node.js cannot start here, so a shell judged what it can read. Nothing else was checked.\n'
  printf 'Why: %s\nTo do: %s\n\n' "$(wa_printable "$wa_why")" "$(wa_printable "$wa_mend")"
  for wa_name in platform kernel glibc; do wa_tell "$wa_name"; done
  exit "$wa_exit"
fi
