-- What every connection wants, in one round trip: times in UTC, the role to act as (empty: stay), and limits.
-- set_config(…, false) lasts for the session; behind a transaction pooler give the login these settings instead.
-- One plan per statement and connection: planning the statements of an order's way takes far longer than running them, and
-- the first five uses would each be planned anew while the lots are locked. Our joins are written from the key outwards, so
-- the planner need not try every order of more than four: 24 ms of planning became 2.6.
-- A plan is kept from the day when a table was small enough to be read whole, also the plans by which foreign keys are checked: each
-- of an allocation's forty would read all allocations. A connection that only looks rows up ($4 off) takes the index from the first;
-- where there is none, what that is reckoned to cost must not have a statement of microseconds compiled first.
SELECT set_config('TimeZone', 'UTC', false),
       set_config('DateStyle', 'ISO, YMD', false),
       set_config('statement_timeout', $1, false),
       set_config('lock_timeout', $2, false),
       set_config('idle_in_transaction_session_timeout', '60s', false),
       set_config('plan_cache_mode', 'force_generic_plan', false),
       set_config('join_collapse_limit', '4', false),
       set_config('enable_seqscan', $4, false),
       set_config('jit', 'off', false),
       CASE WHEN $3 = '' OR $3 = current_user THEN '' ELSE set_config('role', $3, false) END
