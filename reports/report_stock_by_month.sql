-- What expires in which month: lots with something in the shop and their value at cost; two years one by one, what is past and what
-- comes later each as one row. $2 is not looked at, $3 = kind of item.
WITH here AS (
    SELECT l.id, l.expires_on, round(b.quantity::numeric * l.cost_cents / l.cost_quantity)::bigint AS cost_cents
      FROM lots l
     CROSS JOIN LATERAL (SELECT quantity FROM balances WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
      JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
     WHERE l.shop_id = $1 AND l.in_stock AND $2::integer IS NOT DISTINCT FROM $2::integer
       AND ($3::text IS NULL OR i.item_kind = $3::text)
), labelled AS (
    SELECT CASE WHEN expires_on IS NULL THEN 'no expiry'
                WHEN expires_on < (SELECT shop_today($1)) THEN 'expired'
                WHEN expires_on >= date_trunc('month', (SELECT shop_today($1))) + interval '24 months' THEN 'later'
                ELSE to_char(expires_on, 'YYYY-MM') END AS month, id, cost_cents
      FROM here
)
SELECT month, count(DISTINCT id) AS lots, sum(cost_cents)::bigint AS cost_cents
  FROM labelled GROUP BY month
 ORDER BY array_position(ARRAY['expired'], month), array_position(ARRAY['later', 'no expiry'], month) NULLS FIRST, month
