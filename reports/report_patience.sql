-- A long report may take longer than what somebody waits for at the counter: up to half an hour, within its own transaction.
SELECT set_config('statement_timeout', '1800000', true)
