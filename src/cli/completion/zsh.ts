import { type CommandWords, commandPatterns, functionName, quoted, valueCases, verbsOf } from './words.ts';

/** `word:description`, as zsh's _describe takes it. */
const described = (word: string, description: string): string =>
  quoted(`${word.replaceAll(':', '\\:')}:${description}`);

const optionCase = ({ name, options }: CommandWords): string => {
  const words = options.flatMap(({ flags, description }) => flags.map((flag) => described(flag, description)));
  return `    ${quoted(name)}) options=(${words.join(' ')}) ;;`;
};

/** Completion for zsh, to be sourced or put into a folder of fpath. */
export const zsh = (name: string, commands: readonly CommandWords[]): string => {
  const base = functionName(name);
  const verbs = verbsOf(commands);
  return `#compdef ${name}
# zsh completion for ${name}: source <(${name} completion zsh)
${base}_values() {
  kind='' values=()
  case "$1 $2" in
${valueCases(commands, '@')}
  esac
}
${base}_offer() {
  case $kind in
    file) _files ;;
    list) compset -P '*,'; compadd -S '' -a values ;;
    prefix) if compset -P '*='; then _files; else compadd -S '=' -a values; fi ;;
    choice) compadd -a values ;;
  esac
}
${base}() {
  local command='' option='' kind word at
  local -a values options verbs
  integer count=0
  for ((at = 2; at < CURRENT; at++)); do
    word=\${words[at]}
    if [[ -n $option ]]; then option=''; continue; fi
    case $word in
      -*=*) ;;
      -*) ${base}_values "$command" "$word"; [[ -n $kind ]] && option=$word ;;
      *) case "$count:$command $word" in
        ${commandPatterns(commands)}) command=\${command:+$command }$word ;;
        *) (( count += 1 )) ;;
      esac ;;
    esac
  done
  if [[ -n $option ]]; then
    ${base}_values "$command" "$option"
    ${base}_offer
    return
  fi
  word=\${words[CURRENT]}
  if [[ $word == --*=* ]]; then
    ${base}_values "$command" "\${word%%=*}"
    compset -P '*='
    if [[ $kind == prefix && $word == *=*=* ]]; then _files; else ${base}_offer; fi
    return
  fi
  if [[ $word == -* ]]; then
    case "$command" in
${commands.map(optionCase).join('\n')}
    esac
    _describe -o option options
    return
  fi
  if [[ -z $command && $count -eq 0 ]]; then
    verbs=(${verbs.map((verb) => described(verb.name, verb.description)).join(' ')})
    _describe command verbs
  else
    ${base}_values "$command" "@$(( count + 1 ))"
    ${base}_offer
  fi
}
if [[ $funcstack[1] == ${base} ]]; then ${base} "$@"; else compdef ${base} ${name}; fi
`;
};
