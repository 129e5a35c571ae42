-- Adds a month's moves to what months changed of lots, as far as its days are over (schema/0053); whether there was anything to do.
SELECT months_roll_up($1) AS done
