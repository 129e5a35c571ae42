-- What lies where today: one row per lot and place that holds something, with what is reserved and what it cost.
-- $2 = how many days ahead an expiry counts as near (90), $3 = kind of item. `low` is a state of the item: what may still be
-- used of it, in all places together, is at or below its re-order quantity. Items are put in order by themselves (rank): names are
-- dear to compare, and there are many lots of each. OFFSET 0: what lies of a lot is looked up by its key;
-- what is reserved of it is asked only where anything is.
WITH item AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY array_position(ARRAY['raw', 'granule', 'powder', 'product', 'goods'], item_kind), name COLLATE "und-x-icu", id) AS rank
      FROM items WHERE shop_id = $1 AND ($3::text IS NULL OR item_kind = $3::text)
), lying AS (
    SELECT l.item_id, l.lot_code, l.supplier_id, l.expires_on, l.cost_cents, l.cost_quantity,
           CASE WHEN p.kind = 'quarantine' AND l.status = 'released' THEN 'quarantined' ELSE l.status END AS status,
           p.code AS place, b.quantity,
           CASE WHEN (l.id, b.location_id) IN (SELECT lot_id, location_id FROM reservations WHERE shop_id = $1 AND ended_at IS NULL)
                THEN coalesce((SELECT sum(least(r.quantity, w.weighed)) FROM reservations r
                      LEFT JOIN weighings w ON w.shop_id = $1 AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                           AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
                      WHERE r.shop_id = $1 AND r.lot_id = l.id AND r.location_id = b.location_id
                        AND r.ended_at IS NULL AND r.expires_at > now()), 0) ELSE 0 END AS reserved
      FROM lots l
     CROSS JOIN LATERAL (SELECT location_id, quantity FROM balances WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
      JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id
     WHERE l.shop_id = $1 AND l.in_stock
), here AS (
    SELECT *, sum(quantity) FILTER (WHERE lot_refusal(status, expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) IS NULL)
                  OVER (PARTITION BY item_id) AS usable
      FROM lying
)
SELECT i.name, i.name_hanzi, i.sku, i.item_kind, h.place, h.lot_code, s.name AS supplier, h.expires_on,
       h.expires_on - (SELECT shop_today($1)) AS days_left,
       CASE WHEN h.status <> 'released' THEN h.status
            WHEN h.expires_on < (SELECT shop_today($1)) THEN 'expired'
            WHEN h.expires_on <= (SELECT shop_today($1)) + coalesce($2::integer, 90) THEN 'near expiry'
            WHEN coalesce(h.usable, 0) <= i.reorder_quantity THEN 'low'
            ELSE 'ok' END AS state,
       CASE i.unit WHEN 'mg' THEN h.quantity END AS on_hand_mg,
       CASE i.unit WHEN 'mg' THEN h.reserved END AS reserved_mg,
       CASE i.unit WHEN 'mg' THEN h.quantity - h.reserved END AS free_mg,
       CASE i.unit WHEN 'each' THEN h.quantity END AS pieces,
       round(h.quantity::numeric * h.cost_cents / h.cost_quantity)::bigint AS cost_cents,
       round(h.quantity::numeric * i.price_cents / i.price_per_quantity)::bigint AS price_cents
  FROM here h
  JOIN item i ON i.id = h.item_id
  JOIN suppliers s ON s.shop_id = $1 AND s.id = h.supplier_id
 ORDER BY i.rank, h.expires_on NULLS LAST, h.lot_code, h.place
