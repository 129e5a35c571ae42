-- What was counted when a drawer was closed.
SELECT denomination_cents, pieces, denomination_cents * pieces AS sum_cents
  FROM cash_counts WHERE shop_id = $1 AND session_id = $2
 ORDER BY denomination_cents DESC
