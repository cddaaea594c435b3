# Makes a script of what a Markdown file shows. A block marked `sh` is run, `sh exit-1` has to end with that exit code,
# `diff` is applied, and `sh by-hand` is only for people.
/^```/ && !inside {
    inside = 1
    kind = substr($0, 4)
    run = kind == "sh" || kind == "sh exit-1" || kind == "diff"
    if (kind ~ /^sh/ && !run && kind != "sh by-hand") {
        print "echo '" FILENAME ":" FNR ": no such mark: " kind "'; exit 1"
    }
    if (kind == "sh exit-1") print "code=0; ("
    if (kind == "diff") print "git apply <<'END OF DIFF'"
    next
}
/^```/ {
    inside = 0
    if (kind == "sh exit-1") print ") || code=$?; [ \"$code\" -eq 1 ]"
    if (kind == "diff") print "END OF DIFF"
    next
}
inside && run
