#!/bin/sh
# Holds every #include of app/ and reports/ against tests/lint/arrows.
set -eu
find app reports -name '*.[ch]' 2>/dev/null | sort | xargs grep -n '^#include' /dev/null | awk '
    NR == FNR {
        if ($0 ~ /^#/ || NF == 0) next
        if ($1 ~ /:$/) { sub(/:/, "", $1); known[$1] = 1; for (i = 2; i <= NF; i++) allowed[$1, $i] = 1 }
        else outside[$1] = $2
        next
    }
    {
        split($1, at, ":"); file = at[1]; line = at[2]
        split(file, path, "/")
        from = path[1] == "reports" ? "reports" : path[3] == "" ? "cmd" : path[2]
        header = $2
        if (header ~ /^</) {
            gsub(/[<>]/, "", header)
            for (name in outside)
                if (index(header, name) == 1 && index(file, outside[name]) != 1) {
                    printf "%s:%s: <%s> belongs in %s only\n", file, line, header, outside[name]
                    bad = 1
                }
            next
        }
        gsub(/"/, "", header)
        split(header, path, "/")
        to = path[1]
        if (to == from || allowed[from, to] || (from == "cmd" && header !~ /\//)) next
        printf "%s:%s: %s may not include %s\n", file, line, from, header
        bad = 1
    }
    END { exit bad }' tests/lint/arrows -
