# The private PostgreSQL 15 cluster, as functions for `run` and `with-cluster`; it is a child of the script that starts
# it and stops with it. Only a unix socket, only the machine's own users: the caller and root are let in as the roles
# of the schema (peer authentication with a map), nobody else is.
#
#   cluster_start STATE [throwaway]   creates it when needed; sets cluster_pid and cluster_socket, writes STATE/pg.socket
#   cluster_stop                      and waits until it is down
#   cluster_url ROLE                  prints the connection string
# shellcheck shell=sh
postgres_bin=/usr/lib/postgresql/15/bin
cluster_pid=
cluster_socket=
cluster_socket_made=

cluster_say() {
    echo "$*"
}

# PostgreSQL refuses to run as root, and the service had better not.
cluster_user() {
    if [ "$(id -u)" != 0 ]; then
        id -un
    elif id postgres >/dev/null 2>&1; then
        echo postgres
    else
        echo nobody
    fi
}

# The options of setpriv that make root that user.
cluster_drop() {
    if [ "$(id -u)" = 0 ]; then
        echo "--reuid=$(cluster_user) --regid=$(id -g "$(cluster_user)") --init-groups"
    fi
}

cluster_as() {
    # shellcheck disable=SC2046 # options in words
    setpriv $(cluster_drop) -- "$@"
}

cluster_folder() {
    mkdir -p "$1"
    chmod 700 "$1"
    if [ "$(id -u)" = 0 ]; then chown "$(cluster_user):" "$1"; fi
}

# Where the cluster lives: the state folder, unless the postgres user cannot get there (root's home is closed to it).
cluster_home() {
    if cluster_as test -x "$1"; then
        echo "$1"
        return
    fi
    home=/var/lib/yaofang-$(printf %s "$1" | sha256sum | cut -c1-12)
    cluster_say "User $(cluster_user) cannot enter $1, so its data lives in $home." >&2
    mkdir -p "$home"
    echo "$home"
}

# A socket's path holds at most 107 bytes, and a connection string is simplest without odd characters.
cluster_choose_socket() {
    cluster_socket=$1/socket
    case $cluster_socket in
    *[!A-Za-z0-9/._-]*) odd=yes ;;
    *) odd=no ;;
    esac
    if [ $odd = yes ] || [ "$(printf '%s/.s.PGSQL.5432.lock' "$cluster_socket" | wc -c)" -gt 107 ]; then
        cluster_socket=$(mktemp -d /tmp/yaofang-XXXXXX)
        cluster_socket_made=$cluster_socket
    fi
    cluster_folder "$cluster_socket"
}

cluster_settings() {
    memory_mb=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
    buffers=$((memory_mb / 4))
    if [ "$buffers" -gt 256 ]; then buffers=256; fi
    cat <<END
# Written by app/deploy/cluster.sh at each start.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = ${buffers}MB
effective_cache_size = $((memory_mb / 2))MB
work_mem = 8MB
wal_compression = lz4
checkpoint_timeout = 15min
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
idle_in_transaction_session_timeout = 60s
log_min_duration_statement = 250ms
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_truncate_on_rotation = on
END
    if [ "$1" = throwaway ]; then
        # Nobody minds losing it, so it need not wait for the disk.
        echo 'fsync = off'
        echo 'full_page_writes = off'
        echo 'logging_collector = off'
    fi
}

# Made beside its place and moved there when whole, so that an interruption leaves nothing half made.
cluster_create() {
    data=$1
    cluster_say "Creating the database cluster in $data."
    rm -rf "$data.new"
    cluster_folder "$data.new"
    cluster_as "$postgres_bin/initdb" -D "$data.new" -U postgres -E UTF8 --locale=C.UTF-8 -k -A peer >"$data.log" 2>&1 ||
        cluster_failed "$data.log"
    cluster_as sh -c "
        echo \"include = 'yaofang.conf'\" >>'$data.new/postgresql.conf'
        echo 'local all all peer map=yaofang' >'$data.new/pg_hba.conf'
        for person in $(cluster_user) root; do
            for role in postgres yaofang_owner yaofang_app yaofang_read; do
                echo yaofang \$person \$role
            done
        done | sort -u >'$data.new/pg_ident.conf'
        : >'$data.new/yaofang.conf'"
    cluster_as "$postgres_bin/postgres" --single -D "$data.new" postgres >"$data.log" 2>&1 <<'END' || cluster_failed "$data.log"
CREATE ROLE yaofang_owner LOGIN
CREATE ROLE yaofang_app LOGIN
CREATE ROLE yaofang_read LOGIN
GRANT yaofang_app, yaofang_read TO yaofang_owner
CREATE DATABASE yaofang OWNER yaofang_owner
END
    mv "$data.new" "$data"
    rm -f "$data.log"
}

cluster_failed() {
    echo "The database could not be started. It said:" >&2
    tail -n 20 "$1" >&2
    exit 1
}

# Whether some process still works in the data folder: a postmaster or its children that outlived a kill.
cluster_occupied() {
    for at in /proc/[0-9]*/cwd; do
        if [ "$(readlink "$at" 2>/dev/null)" = "$1" ]; then return 0; fi
    done
    return 1
}

# A pid file left by a kill: let what still runs end, then forget it.
cluster_settle() {
    [ -e "$1/postmaster.pid" ] || return 0
    if cluster_occupied "$1"; then
        old=$(head -n 1 "$1/postmaster.pid")
        if [ "$(readlink "/proc/$old/cwd" 2>/dev/null)" = "$1" ]; then kill -INT "$old" 2>/dev/null || true; fi
        tries=0
        while cluster_occupied "$1"; do
            tries=$((tries + 1))
            if [ $tries -gt 300 ]; then
                echo "Another PostgreSQL (process $old) works in $1 and does not stop." >&2
                exit 1
            fi
            sleep 0.1
        done
    fi
    rm -f "$1/postmaster.pid"
}

# The postmaster writes its process id to line 1 of its pid file and its state to line 8.
cluster_ready() {
    [ "$(sed -n '1p;8p' "$1" 2>/dev/null | tr -d ' ' | tr '\n' ' ')" = "$cluster_pid ready " ]
}

cluster_wait() {
    tries=0
    until cluster_ready "$1/postmaster.pid"; do
        kill -0 "$cluster_pid" 2>/dev/null || cluster_failed "$2"
        tries=$((tries + 1))
        if [ $tries = 100 ]; then cluster_say "Waiting for the database to recover from an unclean stop."; fi
        sleep 0.02
    done
}

cluster_start() {
    cluster_state=$1
    home=${home:-$(cluster_home "$cluster_state")}
    data=$home/pg
    [ -x "$postgres_bin/postgres" ] || {
        echo "PostgreSQL 15 is missing ($postgres_bin/postgres): install postgresql-15." >&2
        exit 1
    }
    if [ ! -d "$data" ]; then cluster_create "$data"; fi
    cluster_settle "$data"
    cluster_settings "${2:-kept}" | cluster_as tee "$data/yaofang.conf" >/dev/null
    cluster_choose_socket "$home"
    log=$cluster_state/pg.start.log
    # Its own session, so that Ctrl-C at the terminal reaches the service first; and a signal of its own when this
    # script is killed.
    # shellcheck disable=SC2046 # options in words
    setsid setpriv $(cluster_drop) --pdeathsig INT -- "$postgres_bin/postgres" -D "$data" -k "$cluster_socket" \
        >"$log" 2>&1 </dev/null 9>&- &
    cluster_pid=$!
    cluster_wait "$data" "$log"
    echo "$cluster_socket" >"$cluster_state/pg.socket"
}

cluster_stop() {
    [ -n "$cluster_pid" ] || return 0
    kill -INT "$cluster_pid" 2>/dev/null || true
    wait "$cluster_pid" 2>/dev/null || true
    cluster_pid=
    rm -f "$cluster_state/pg.socket"
    if [ -n "$cluster_socket_made" ]; then rm -rf "$cluster_socket_made"; fi
}

cluster_url() {
    echo "host=$cluster_socket user=$1 dbname=yaofang"
}
