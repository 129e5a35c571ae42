-- The coded reasons of a refund.
SELECT code, english, hanzi FROM refund_reasons ORDER BY code
