-- A long report may take longer than what somebody waits for at the counter: up to half an hour, within its own transaction. And
-- it is planned for what was asked: its statements are planned anew each time anyway, so the kept plans that know no parameters
-- (session_setup) would only be worse ones.
SELECT set_config('statement_timeout', '1800000', true), set_config('plan_cache_mode', 'force_custom_plan', true)
