-- What places should hold, and what they do: all, or those below.
SELECT p.code AS location, p.id AS location_id, i.id AS item_id, i.sku, i.name, i.name_hanzi, i.unit, r.quantity AS par, coalesce(h.here, 0)::bigint AS here,
       greatest(r.quantity - coalesce(h.here, 0), 0)::bigint AS missing, u.display_name AS set_by, r.set_at
  FROM pars r
  JOIN locations p ON p.shop_id = $1 AND p.id = r.location_id
  JOIN items i ON i.shop_id = $1 AND i.id = r.item_id
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = r.set_by
  LEFT JOIN LATERAL (
        SELECT sum(b.quantity) AS here FROM lots l
          JOIN balances b ON b.shop_id = $1 AND b.lot_id = l.id AND b.location_id = r.location_id
         WHERE l.shop_id = $1 AND l.item_id = r.item_id AND l.in_stock
           AND lot_usable(l.status, l.expires_on, shop_today($1))) h ON true
 WHERE r.shop_id = $1 AND r.quantity > 0 AND p.retired_at IS NULL AND i.retired_at IS NULL
   AND (NOT coalesce($2::boolean, false) OR coalesce(h.here, 0) < r.quantity)
 ORDER BY p.code, i.name, i.id
