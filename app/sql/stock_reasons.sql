-- The coded reasons a correction of stock may give.
SELECT use, code, english, zh_hans, zh_hant, note_needed FROM stock_reasons ORDER BY use, code
