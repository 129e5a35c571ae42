#!/bin/sh
# A file is about 400 lines and a function fits a screen; some way above that is an error. Each .c opens by saying what
# happens in it.
set -eu
find app reports tests -name '*.[ch]' 2>/dev/null | sort | xargs awk '
    FNR == 1 {
        if (file != "" && lines > 450) { printf "%s: %d lines; a file has about 400\n", file, lines; bad = 1 }
        file = FILENAME
        if (substr($0, 1, 2) != "/*") { printf "%s:1: opens with what happens here\n", file; bad = 1 }
    }
    { lines = FNR }
    /^{$/ { start = FNR }
    /^}/ {
        if (start && FNR - start > 70) { printf "%s:%d: a function of %d lines\n", file, start, FNR - start - 1; bad = 1 }
        start = 0
    }
    { if (match($0, /^ +/) && RLENGTH >= 24 && $0 ~ /^ +(if|for|while|switch) / && file ~ /\.c$/) {
        printf "%s:%d: nested too deep\n", file, FNR; bad = 1 } }
    END { exit bad }'
