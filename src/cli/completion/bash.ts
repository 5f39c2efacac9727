import { type CommandWords, commandPatterns, functionName, quoted, valueCases, verbsOf } from './words.ts';

const optionCase = ({ name, options }: CommandWords): string =>
  `    ${quoted(name)}) words=(${options.flatMap(({ flags }) => flags.filter((flag) => flag.startsWith('--'))).join(' ')}) ;;`;

/** Completion for bash 3.2 and later, without the bash-completion package. */
export const bash = (name: string, commands: readonly CommandWords[]): string => {
  const base = functionName(name);
  const verbs = verbsOf(commands).map((command) => command.name);
  return `# bash completion for ${name}: source <(${name} completion bash)
${base}_values() {
  kind='' values=()
  case "$1 $2" in
${valueCases(commands, '@')}
  esac
}
${base}_offer() {
  local current=$1 before='' word
  case $kind in
    file) compopt -o filenames 2>/dev/null; while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current") ;;
    list)
      case $current in *,*) before=\${current%,*}, current=\${current##*,} ;; esac
      for word in "\${values[@]}"; do [[ $word == "$current"* ]] && COMPREPLY+=("$before$word"); done ;;
    prefix)
      for word in "\${values[@]}"; do [[ $word == "$current"* ]] && COMPREPLY+=("$word="); done
      compopt -o nospace 2>/dev/null ;;
    choice) for word in "\${values[@]}"; do [[ $word == "$current"* ]] && COMPREPLY+=("$word"); done ;;
  esac
  return 0
}
${base}() {
  local current=\${COMP_WORDS[COMP_CWORD]} command='' option='' kind values words word count=0 at
  COMPREPLY=()
  # "=" is a word of its own in bash: --format=json is three.
  [[ $current == '=' ]] && current=''
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    if [[ $word == '=' ]]; then continue; fi
    if [[ -n $option ]]; then
      ${base}_values "$command" "$option"
      # A format and its file: --output json=report.json.
      if [[ $kind == prefix && \${COMP_WORDS[at + 1]} == '=' ]]; then continue; fi
      option=''
      continue
    fi
    case $word in
      -*) ${base}_values "$command" "$word"; [[ -n $kind ]] && option=$word ;;
      *) case "$count:$command $word" in
        ${commandPatterns(commands)}) command=\${command:+$command }$word ;;
        *) count=$((count + 1)) ;;
      esac ;;
    esac
  done
  if [[ -n $option ]]; then
    ${base}_values "$command" "$option"
    if [[ $kind == prefix ]]; then
      for word in "\${values[@]}"; do
        [[ \${COMP_WORDS[COMP_CWORD - 1]} == '=' && \${COMP_WORDS[COMP_CWORD - 2]} == "$word" ]] && kind=file
        [[ \${COMP_WORDS[COMP_CWORD]} == '=' && \${COMP_WORDS[COMP_CWORD - 1]} == "$word" ]] && kind=file
      done
    fi
    ${base}_offer "$current"
    return 0
  fi
  if [[ $current == -* ]]; then
    case "$command" in
${commands.map(optionCase).join('\n')}
    esac
    for word in "\${words[@]}"; do [[ $word == "$current"* ]] && COMPREPLY+=("$word"); done
    return 0
  fi
  if [[ -z $command && $count -eq 0 ]]; then
    kind=choice values=(${verbs.map(quoted).join(' ')})
  else
    ${base}_values "$command" "@$((count + 1))"
  fi
  ${base}_offer "$current"
}
complete -F ${base} ${name}
`;
};
