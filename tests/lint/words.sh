#!/bin/sh
# Words that must not stand where they stand: SQL in C, HTTP numbers outside the HTTP layers, machine paths, unfinished work.
set -eu
bad=0

refuse() { # what, files…: lines on standard input
    while IFS= read -r line; do
        echo "$line"
        echo "    ^ $1"
        bad=1
    done
}
search() { # pattern, grep options and places…
    pattern=$1
    shift
    grep -rnE "$pattern" "$@" 2>/dev/null || true
}

search '"[^"]*\b(SELECT |INSERT INTO |UPDATE [a-z_]+ SET |DELETE FROM |CREATE (TABLE|ROLE|DATABASE) )' \
    --include='*.[ch]' app reports >build/lint.out
refuse 'SQL lives in .sql files' <build/lint.out

search '(status|http)[a-z_]* *(=|==|!=) *[1-5][0-9][0-9]\b|return (200|201|204|4[0-9][0-9]|50[0-9]);' --include='*.[ch]' \
    app/*.c app/core app/clinic app/db app/print app/intake app/json >build/lint.out
refuse 'a status has a name, its HTTP number stands in base/status.h' <build/lint.out

git ls-files >build/lint.files 2>/dev/null || find . -path ./build -prune -o -path ./var -prune -o -type f -print >build/lint.files
grep -vE '^(\./)?(tests/lint/words.sh|LICENSE)$' build/lint.files >build/lint.list
# shellcheck disable=SC2046 # file names of the repository have no spaces
search '(^|[^a-zA-Z0-9_.])(/work/|/root/|/home/[a-z])|\.\./shared' $(cat build/lint.list) >build/lint.out
refuse 'a path of one machine' <build/lint.out

# shellcheck disable=SC2046
search '\b(TODO|FIXME|XXX|HACK)\b' $(grep -E '\.(c|h|sql|sh|py|js|html|css|md)$' build/lint.list) >build/lint.out
refuse 'unfinished work belongs in an issue' <build/lint.out

rm -f build/lint.out build/lint.files build/lint.list
exit $bad
