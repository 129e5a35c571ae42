-- A transaction of nothing but a word in the log: its commit waits until the log is on the disk (and with the standbys that must have
-- it) up to here, so with all that was committed before.
SELECT pg_logical_emit_message(true, 'yaofang', '')
