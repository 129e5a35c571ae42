-- From here on this transaction's commit does not wait for the disk while it holds locks; commit_reaches_the_disk waits in its place.
SELECT set_config('synchronous_commit', 'off', true)
