#!/bin/sh
# Makes this machine the standby, once, as user postgres, into an empty data folder:
#
#   PGPASSFILE=… app/deploy/replicated/standby.sh PRIMARY /var/lib/postgresql/15/main
#
# Before, on the primary: CREATE ROLE replicator LOGIN REPLICATION PASSWORD '…'; SELECT pg_create_physical_replication_slot('standby');
# When the primary is lost: pg_ctl promote here; the services go on by themselves, see `environment`.
set -eu
primary=$1
data=$2
exec pg_basebackup --pgdata="$data" --write-recovery-conf --slot=standby --wal-method=stream --checkpoint=fast --progress \
    --dbname="host=$primary user=replicator application_name=standby ${STANDBY_OPTIONS:-sslmode=verify-full}"
