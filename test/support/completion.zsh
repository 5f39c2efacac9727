# Calls the completion with stand-ins for zsh's own builtins, which print what they are given: SCRIPT WORD...
compdef() { registered="$*" }
compset() {
  [[ $PREFIX == ${~2}* ]] || return 1
  local rest=${PREFIX##${~2}}
  before=${PREFIX%$rest}
  PREFIX=$rest
}
offer() { [[ $1 == $PREFIX* ]] && print -r -- $before$1 }
_describe() {
  local word name=${@[-1]}
  for word in ${(P)name}; do offer ${word%%:*}; done
}
compadd() {
  local word name=${@[-1]} suffix=
  [[ $1 == -S ]] && suffix=$2
  for word in ${(P)name}; do offer $word$suffix; done
}
_files() {
  local word
  for word in *(N); do offer $word; done
}
source $1
shift
[[ $registered == '_wa_preflight wa-preflight' ]] || exit 3
words=(wa-preflight "$@") CURRENT=$(( $# + 1 )) PREFIX=${@[-1]} before=
_wa_preflight
exit 0
