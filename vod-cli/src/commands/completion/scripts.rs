//! The scripts: each asks vod which words can stand next, and shows them.

/// The shells, as they are called.
pub(super) const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// The script for a shell.
pub(super) fn script(shell: &str) -> &'static str {
    match shell {
        "bash" => BASH,
        "elvish" => ELVISH,
        "fish" => FISH,
        "powershell" => POWERSHELL,
        _ => ZSH,
    }
}

pub(super) const HELP: &str = r#"For the shell that runs, and for each that starts:
  bash        eval "$(vod completion bash)"           in ~/.bashrc
  zsh         eval "$(vod completion zsh)"            in ~/.zshrc, after compinit
  fish        vod completion fish | source            in ~/.config/fish/config.fish
  powershell  vod completion powershell | Out-String | Invoke-Expression    in $PROFILE
  elvish      eval (vod completion elvish | slurp)    in ~/.config/elvish/rc.elv

Ids, categories and templates are those that were listed before: completion calls no service."#;

const BASH: &str = r#"_vod() {
    local line quoted
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o default 2>/dev/null
            return
        fi
        printf -v quoted %q "${line%%$'\t'*}"
        COMPREPLY+=("$quoted")
    done < <("$1" __complete "--current=${COMP_WORDS[COMP_CWORD]}" -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
}
complete -F _vod vod
"#;

const ZSH: &str = r#"#compdef vod
_vod() {
    local line word
    local -a found
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            _files
            return
        fi
        word=${line%%$'\t'*}
        found+=("${word//:/\\:}:${line#*$'\t'}")
    done < <("$words[1]" __complete "--current=$words[CURRENT]" -- "${(@)words[2,CURRENT-1]}" 2>/dev/null)
    _describe vod found
}
if [[ $funcstack[1] == _vod ]]; then
    _vod "$@"
else
    compdef _vod vod
fi
"#;

const FISH: &str = r#"function __vod_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found ($words[1] __complete "--current=$current" -- $words[2..] 2>/dev/null)
    if test "$found" = :files
        __fish_complete_path "$current"
    else
        printf '%s\n' $found
    end
end
complete -c vod -f -a '(__vod_complete)'
"#;

const POWERSHELL: &str = r#"Register-ArgumentCompleter -Native -CommandName vod -ScriptBlock {
    param($current, $line, $cursor)
    $before = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } |
        Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text })
    $found = & $line.CommandElements[0].Extent.Text __complete "--current=$current" '--' @before 2>$null
    foreach ($candidate in $found) {
        if ($candidate -eq ':files') { return }
        $word, $about = $candidate -split "`t", 2
        if (-not $about) { $about = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
    }
}
"#;

const ELVISH: &str = r#"use str
set edit:completion:arg-completer[vod] = {|@words|
    var found = [(e:vod __complete --current=$words[-1] -- (all $words[1..-1]) 2>/dev/null)]
    if (eq $found [:files]) {
        edit:complete-filename $words[-1]
    } else {
        for candidate $found {
            var word about = (str:split &max=2 "\t" $candidate)
            edit:complex-candidate $word &display=$word'  '$about
        }
    }
}
"#;
