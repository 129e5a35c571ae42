-- What to buy from whom. Use is what went to patients and into batches in the last $2 days (90), per day; what it takes is that
-- for the lead time, $3 days of safety (14) and $4 days until the next order (30), and never less than the item's own re-order
-- quantity; what there is is what is free and may be used, and what is on order. Shown is what has to be ordered now: there is
-- no more than the use of lead time and safety, or than the re-order quantity, or orders wait for it; never what is out of use. Packs are whole. OFFSET 0: what lies of a lot is looked
-- up by its key, from the lots in stock; most of the balances there are belong to lots long gone.
WITH use AS MATERIALIZED (
    SELECT item_id, quantity::numeric / greatest(coalesce($2::integer, 90), 1) AS a_day
      FROM item_use($1, coalesce($2::integer, 90))
), stock AS MATERIALIZED (
    SELECT l.item_id, sum(b.quantity) AS usable,
           sum(CASE WHEN (l.id, b.location_id) IN (SELECT lot_id, location_id FROM reservations WHERE shop_id = $1 AND ended_at IS NULL)
                    THEN least(b.quantity, coalesce((SELECT sum(r.quantity) FROM reservations r
                          WHERE r.shop_id = $1 AND r.lot_id = l.id AND r.location_id = b.location_id
                            AND r.ended_at IS NULL AND r.expires_at > now()), 0)) ELSE 0 END) AS reserved
      FROM lots l
     CROSS JOIN LATERAL (SELECT location_id, quantity FROM balances WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
      JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id
     WHERE l.shop_id = $1 AND l.in_stock
       AND lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) IS NULL
     GROUP BY l.item_id
), coming AS MATERIALIZED (
    SELECT n.item_id, sum(greatest(n.quantity - n.received_quantity, 0)) AS quantity, min(o.expected_on) AS expected_on
      FROM purchase_orders o
      JOIN purchase_order_lines n ON n.shop_id = $1 AND n.purchase_order_id = o.id
     WHERE o.shop_id = $1 AND o.state IN ('sent', 'part_received')
     GROUP BY n.item_id
), short AS MATERIALIZED (
    SELECT item_id, sum(wanted) AS wanted FROM short_lines WHERE shop_id = $1 GROUP BY item_id
), known AS (
    SELECT i.*, coalesce(h.wanted, 0) AS short, coalesce(u.a_day, 0) AS a_day, coalesce(s.usable, 0) AS usable, coalesce(s.reserved, 0) AS reserved,
           coalesce(s.usable - s.reserved, 0) + coalesce(c.quantity, 0) - coalesce(h.wanted, 0) AS there, coalesce(c.quantity, 0) AS on_order,
           c.expected_on, last.supplier, last.lead_time_days, last.cost_cents, last.cost_quantity,
           greatest(ceil(coalesce(u.a_day, 0) * (coalesce(last.lead_time_days, 14) + coalesce($3::integer, 14))),
                    coalesce(i.reorder_quantity, 0)) AS point,
           greatest(ceil(coalesce(u.a_day, 0) * (coalesce(last.lead_time_days, 14) + coalesce($3::integer, 14)
                                                 + coalesce($4::integer, 30))), coalesce(i.reorder_quantity, 0)) AS target
      FROM items i
      LEFT JOIN use u ON u.item_id = i.id
      LEFT JOIN stock s ON s.item_id = i.id
      LEFT JOIN coming c ON c.item_id = i.id
      LEFT JOIN short h ON h.item_id = i.id
      LEFT JOIN LATERAL (
            SELECT p.name AS supplier, p.lead_time_days, l.cost_cents, l.cost_quantity
              FROM lots l JOIN suppliers p ON p.shop_id = $1 AND p.id = l.supplier_id
             WHERE l.shop_id = $1 AND l.item_id = i.id ORDER BY l.id DESC LIMIT 1) last ON true
     WHERE i.shop_id = $1 AND i.retired_at IS NULL
), wanted AS (
    SELECT *, CASE WHEN pack_quantity IS NULL THEN target - there
                   ELSE ceil((target - there) / pack_quantity) * pack_quantity END AS buy
      FROM known WHERE there <= point AND (target > 0 OR there < 0)
)
SELECT w.name, w.name_hanzi, w.sku, w.item_kind,
       CASE WHEN w.short > 0 AND w.there < 0 THEN 'orders wait' WHEN w.usable = 0 THEN 'none left' WHEN w.on_order > 0 THEN 'on order, not enough' ELSE 'low' END AS state,
       w.supplier, w.lead_time_days,
       CASE w.unit WHEN 'mg' THEN w.usable::bigint END AS usable_mg,
       CASE w.unit WHEN 'mg' THEN w.reserved::bigint END AS reserved_mg,
       CASE w.unit WHEN 'mg' THEN w.on_order::bigint END AS on_order_mg,
       CASE w.unit WHEN 'mg' THEN round(w.a_day)::bigint END AS use_a_day_mg,
       CASE w.unit WHEN 'mg' THEN w.point::bigint END AS reorder_mg,
       CASE w.unit WHEN 'mg' THEN w.buy::bigint END AS buy_mg,
       CASE w.unit WHEN 'each' THEN w.usable::bigint END AS usable_pieces,
       CASE w.unit WHEN 'each' THEN w.on_order::bigint END AS on_order_pieces,
       CASE w.unit WHEN 'each' THEN w.point::bigint END AS reorder_pieces,
       CASE w.unit WHEN 'each' THEN w.buy::bigint END AS buy_pieces,
       CASE WHEN w.a_day > 0 THEN floor((w.usable - w.reserved) / w.a_day)::bigint END AS days_left, w.expected_on,
       round(w.buy * w.cost_cents / w.cost_quantity)::bigint AS buy_cents
  FROM wanted w
 WHERE w.buy > 0
 ORDER BY w.supplier NULLS LAST, w.usable = 0 DESC, days_left NULLS LAST, w.name COLLATE "und-x-icu"
