-- Items that lie in the shop and of which nothing went to a patient or into a batch in the last $2 days (180), the dearest first.
-- Only when an item was last used matters, which an index knows; the ledger is read for the days not added to item_uses yet.
WITH lately AS MATERIALIZED (
    SELECT item_id FROM ledger_uses($1, (SELECT use_read_from($1, coalesce($2::integer, 180))), now() + interval '1 day')
), here AS (
    SELECT l.item_id, sum(b.quantity) AS quantity, min(l.expires_on) AS first_expiry, min(l.received_at) AS oldest,
           sum(round(b.quantity::numeric * l.cost_cents / l.cost_quantity)) AS cost_cents, count(DISTINCT l.id) AS lots
      FROM lots l
     CROSS JOIN LATERAL (SELECT quantity FROM balances WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
     WHERE l.shop_id = $1 AND l.in_stock
     GROUP BY l.item_id
)
SELECT i.name, i.name_hanzi, i.sku, i.item_kind, h.lots,
       CASE i.unit WHEN 'mg' THEN h.quantity::bigint END AS on_hand_mg,
       CASE i.unit WHEN 'each' THEN h.quantity::bigint END AS pieces,
       h.cost_cents::bigint AS cost_cents, (h.oldest AT TIME ZONE s.time_zone)::date AS oldest_received_on,
       last.used_on AS last_used_on, h.first_expiry
  FROM here h
  JOIN shops s ON s.id = $1
  JOIN items i ON i.shop_id = $1 AND i.id = h.item_id
 CROSS JOIN LATERAL (SELECT max(u.used_on) AS used_on FROM item_uses u WHERE u.shop_id = $1 AND u.item_id = h.item_id) last
 WHERE h.oldest < now() - make_interval(days => coalesce($2::integer, 180))
   AND (last.used_on IS NULL OR last.used_on < (SELECT shop_today($1)) - coalesce($2::integer, 180))
   AND h.item_id NOT IN (SELECT item_id FROM lately)
 ORDER BY h.cost_cents DESC, i.name COLLATE "und-x-icu"
