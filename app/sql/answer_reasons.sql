-- The coded reasons an answer may give, and what the patient is told then.
SELECT code, english, needs_note, counselling FROM answer_reasons ORDER BY code
