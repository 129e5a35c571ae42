#!/bin/sh
# What the program offers must be told: every command, setting, report and make target in the README; and the README
# must not name a make target that is not there.
set -eu
program=build/yaofang
bad=0

told() { # kind, name
    grep -qE "(^|[^A-Za-z0-9_-])$2([^A-Za-z0-9_-]|$)" README.md || {
        echo "README.md does not tell of the $1 $2"
        bad=1
    }
}

for name in $($program help | awk '/^  [a-z]/ { print $1 }'); do told command "yaofang $name"; done
for name in $($program serve --help | awk '/^  [A-Z_]+ / { print $1 }'); do told setting "$name"; done
for name in $($program report --list | awk '/^[a-z]/ { print $1 }'); do told report "$name"; done
for name in $(grep -oE '^[a-z]+:.*## ' Makefile | cut -d: -f1); do told 'make target' "make $name"; done
for name in $(grep -oE '`make [a-z]+' README.md ARCHITECTURE.md | sed 's/.* //' | sort -u); do
    grep -q "^$name:" Makefile || {
        echo "the documents name a make target that is not there: $name"
        bad=1
    }
done
exit $bad
