/** Shells that `seed completion` speaks to. */
export const shells = ['bash', 'zsh'] as const;

const bash = `# Completion of seed and seed-run for bash: put  source <(seed completion bash)  into ~/.bashrc
_seed_complete() {
  local IFS=$'\\n' current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # Bash parts words at "=": what follows one is a value, and paths are the shell's own business.
  [[ $current == "=" || $previous == "=" ]] && return
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  [[ \${COMP_WORDS[0]##*/} == seed-run ]] && words=(run "\${words[@]}")
  local line
  for line in $(seed completion --complete -- "\${words[@]}" 2>/dev/null); do
    [[ $line == @* ]] || COMPREPLY+=("\${line%%$'\\t'*}")
  done
  [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -o bashdefault -F _seed_complete seed seed-run
`;

const zsh = `#compdef seed seed-run
# Completion of seed and seed-run for zsh: put  source <(seed completion zsh)  into ~/.zshrc, after compinit
_seed_complete() {
  local -a given found plain parts
  given=("\${(@)words[2,CURRENT]}")
  [[ \${words[1]:t} == seed-run ]] && given=(run "\${given[@]}")
  local line files=0
  while IFS= read -r line; do
    case $line in
      @files) files=1 ;;
      @*) ;;
      *=$'\\t') parts+=("\${line%$'\\t'}") ;;
      *$'\\t') plain+=("\${line%$'\\t'}") ;;
      *) found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done < <(seed completion --complete -- "\${given[@]}" 2>/dev/null)
  (( \${#parts} )) && compadd -S '' -- "\${parts[@]}"
  (( \${#plain} )) && compadd -- "\${plain[@]}"
  (( \${#found} )) && _describe seed found
  if (( files )); then
    [[ $PREFIX == *=* ]] && compset -P '*='
    _files
  fi
}
compdef _seed_complete seed seed-run
`;

/** The text that a shell reads. */
export const scripts: Readonly<Record<(typeof shells)[number], string>> = { bash, zsh };
