-- Lots that expire within $2 days (90) or have expired, earliest first, with what is left of them and what that cost, how much
-- of it will be used until then at the rate of the last 90 days (lots of an item one after another), and who could use it:
-- the open orders that want the item and have not taken their lots yet, and the formulas with the herb.
WITH use AS MATERIALIZED (
    SELECT * FROM item_use($1, 90)
), waiting AS MATERIALIZED (
    SELECT n.item_id, string_agg('#' || o.id, ' ' ORDER BY o.id) AS orders
      FROM orders o
      JOIN order_lines n ON n.shop_id = $1 AND n.order_id = o.id
     WHERE o.shop_id = $1 AND o.state = 'entered'
     GROUP BY n.item_id
), could AS MATERIALIZED (
    SELECT herb_id, string_agg(pinyin, ', ' ORDER BY pinyin) AS formulas
      FROM (SELECT fi.herb_id, f.pinyin, row_number() OVER (PARTITION BY fi.herb_id ORDER BY f.pinyin) AS n
              FROM formula_items fi JOIN formulas f ON f.id = fi.formula_id
             GROUP BY fi.herb_id, f.pinyin) six
     WHERE n <= 6 GROUP BY herb_id
), lot AS (
    SELECT l.id, l.item_id, l.lot_code, l.expires_on, l.supplier_id, l.cost_cents, l.cost_quantity, sum(b.quantity) AS quantity,
           string_agg(DISTINCT p.code, ', ' ORDER BY p.code) AS places
      FROM lots l
     CROSS JOIN LATERAL (SELECT location_id, quantity FROM balances WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
      JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id
     WHERE l.shop_id = $1 AND l.in_stock AND l.expires_on <= (SELECT shop_today($1)) + coalesce($2::integer, 90)
     GROUP BY l.id, l.item_id, l.lot_code, l.expires_on, l.supplier_id, l.cost_cents, l.cost_quantity
), queued AS (
    SELECT l.*, l.expires_on - (SELECT shop_today($1)) AS days_left,
           sum(l.quantity) OVER (PARTITION BY l.item_id ORDER BY l.expires_on, l.id) AS upto,
           coalesce(u.quantity, 0)::numeric / 90 AS a_day
      FROM lot l
      LEFT JOIN use u ON u.item_id = l.item_id
)
SELECT q.expires_on, q.days_left,
       CASE WHEN q.days_left < 0 THEN 'expired' WHEN q.days_left <= 30 THEN 'within 30 days' ELSE 'later' END AS state,
       i.name, i.name_hanzi, i.sku, q.lot_code, s.name AS supplier, q.places,
       CASE i.unit WHEN 'mg' THEN q.quantity::bigint END AS on_hand_mg,
       CASE i.unit WHEN 'mg' THEN left_over.quantity END AS left_over_mg,
       CASE i.unit WHEN 'each' THEN q.quantity::bigint END AS pieces,
       CASE i.unit WHEN 'each' THEN left_over.quantity END AS left_over_pieces,
       round(q.quantity * q.cost_cents / q.cost_quantity)::bigint AS cost_cents,
       round(left_over.quantity::numeric * q.cost_cents / q.cost_quantity)::bigint AS left_over_cents,
       CASE WHEN q.days_left >= 0 THEN waiting.orders END AS waiting_orders, CASE WHEN q.days_left >= 0 THEN could.formulas END AS formulas
  FROM queued q
  JOIN items i ON i.shop_id = $1 AND i.id = q.item_id
  JOIN suppliers s ON s.shop_id = $1 AND s.id = q.supplier_id
 CROSS JOIN LATERAL (
        SELECT least(q.quantity, greatest(q.upto - floor(q.a_day * greatest(q.days_left + 1, 0)), 0))::bigint AS quantity) left_over
  LEFT JOIN waiting ON waiting.item_id = q.item_id
  LEFT JOIN could ON could.herb_id = i.herb_id
 ORDER BY q.expires_on, i.name COLLATE "und-x-icu", q.lot_code
