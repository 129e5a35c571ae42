-- The ways to pay.
SELECT kind, english, hanzi, settles, gives_change FROM tender_kinds ORDER BY kind
