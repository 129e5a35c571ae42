-- For this transaction: each statement is planned for the tables as they are now, and looks rows up by index, each by its own key.
-- Screening again asks for a known thousand of patients out of tables of any size; a plan made while there were few findings or
-- work items, and kept by the connection, would read all of them for each of the thousand.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),
       set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
