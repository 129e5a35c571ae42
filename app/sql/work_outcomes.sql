-- The coded outcomes of work; by_hand: a person may give it.
SELECT code, english, by_hand FROM work_outcomes ORDER BY NOT by_hand, code
