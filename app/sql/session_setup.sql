-- What every connection wants, in one round trip: times in UTC, the role to act as (empty: stay), and limits.
-- set_config(…, false) lasts for the session; behind a transaction pooler give the login these settings instead.
-- One plan per statement and connection: planning the statements of an order's way takes far longer than running them, and
-- the first five uses would each be planned anew while the lots are locked.
SELECT set_config('TimeZone', 'UTC', false),
       set_config('DateStyle', 'ISO, YMD', false),
       set_config('statement_timeout', $1, false),
       set_config('lock_timeout', $2, false),
       set_config('idle_in_transaction_session_timeout', '60s', false),
       set_config('plan_cache_mode', 'force_generic_plan', false),
       CASE WHEN $3 = '' OR $3 = current_user THEN '' ELSE set_config('role', $3, false) END
