# Calls the completion as bash would: SCRIPT WORD..., the last word is the one under the cursor.
source "$1"
shift
COMP_WORDS=(wa-preflight "$@")
COMP_CWORD=$#
_wa_preflight
printf '%s\n' "${COMPREPLY[@]}"
