-- To the end of the transaction: rows that have just come in have no statistics, so the planner takes them for few and would compare
-- each with each. Tens of thousands of them are joined by hashing.
SELECT set_config('enable_nestloop', 'off', true)
