-- Places that hold less of an item than they should, how much is missing, and where more of it lies: the round with the refill
-- trolley, drawer by drawer.
SELECT p.code AS place, p.name AS place_name, i.name, i.name_hanzi, i.sku,
       CASE WHEN coalesce(h.here, 0) = 0 THEN 'empty' ELSE 'below par' END AS state,
       CASE i.unit WHEN 'mg' THEN r.quantity END AS par_mg,
       CASE i.unit WHEN 'mg' THEN coalesce(h.here, 0)::bigint END AS here_mg,
       CASE i.unit WHEN 'mg' THEN (r.quantity - coalesce(h.here, 0))::bigint END AS missing_mg,
       CASE i.unit WHEN 'each' THEN r.quantity END AS par_pieces,
       CASE i.unit WHEN 'each' THEN coalesce(h.here, 0)::bigint END AS here_pieces,
       CASE i.unit WHEN 'each' THEN (r.quantity - coalesce(h.here, 0))::bigint END AS missing_pieces,
       h.elsewhere
  FROM pars r
  JOIN locations p ON p.shop_id = $1 AND p.id = r.location_id
  JOIN items i ON i.shop_id = $1 AND i.id = r.item_id
  LEFT JOIN LATERAL (
        SELECT sum(b.quantity) FILTER (WHERE b.location_id = r.location_id) AS here,
               string_agg(q.code || ': ' || l.lot_code, ', ' ORDER BY l.expires_on NULLS LAST, q.code)
                   FILTER (WHERE b.location_id <> r.location_id) AS elsewhere
          FROM lots l
          JOIN balances b ON b.shop_id = $1 AND b.lot_id = l.id AND b.internal AND b.quantity > 0
          JOIN locations q ON q.shop_id = $1 AND q.id = b.location_id
         WHERE l.shop_id = $1 AND l.item_id = r.item_id AND l.in_stock
           AND lot_refusal_at(q.kind, l.status, l.expires_on, shop_today($1), shop_today($1)) IS NULL) h ON true
 WHERE r.shop_id = $1 AND r.quantity > coalesce(h.here, 0) AND p.retired_at IS NULL AND i.retired_at IS NULL
 ORDER BY p.code, i.name COLLATE "und-x-icu"
