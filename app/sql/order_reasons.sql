-- The coded reasons of what happens to orders, of one use ($1) or all.
SELECT use, code, english, zh_hans, zh_hant, note_needed FROM order_reasons WHERE $1::text IS NULL OR use = $1 ORDER BY use, code
