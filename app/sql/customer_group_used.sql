-- What makes prices for a group of customers today or later.
SELECT 0::bigint AS items, 0::bigint AS fees, count(*) AS price_rules
  FROM price_rules
 WHERE shop_id = $1 AND customer_group = $2 AND ended_at IS NULL AND (valid_until IS NULL OR valid_until >= shop_today($1))
