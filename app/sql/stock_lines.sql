-- What each line of stock work refers to: 0 where the shop has no such lot or place where goods lie; how much lies there and
-- how much of it is set aside for orders; what so much of the lot cost. A line without a place means the shop's place of the kind
-- $6 (from) or $7 (to). Goods on their way and in the making are moved by their own documents only.
SELECT coalesce(l.id, 0) AS lot_id, coalesce(l.item_id, 0) AS item_id, coalesce(f.id, 0) AS from_id, coalesce(t.id, 0) AS to_id,
       t.retired_at IS NOT NULL AS to_retired,
       coalesce(b.quantity, 0) AS there,
       coalesce((SELECT sum(r.quantity) FROM reservations r
                  WHERE r.shop_id = $1 AND r.lot_id = l.id AND r.location_id = f.id AND r.ended_at IS NULL
                    AND r.expires_at > now()), 0)::bigint AS reserved,
       coalesce(round(n.quantity::numeric * l.cost_cents / l.cost_quantity), 0)::bigint AS value_cents,
       coalesce(i.sku, '') AS sku, coalesce(i.name, '') AS name, coalesce(i.unit, '') AS unit,
       coalesce(l.lot_code, '') AS lot_code, coalesce(l.status, '') AS status, l.expires_on::text AS expires_on,
       coalesce(f.kind, '') AS from_kind
  FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[]) WITH ORDINALITY n (lot_id, origin, goal, quantity, at)
  LEFT JOIN lots l ON l.shop_id = $1 AND l.id = n.lot_id
  LEFT JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  LEFT JOIN locations f ON f.shop_id = $1 AND CASE WHEN n.origin IS NULL THEN f.id = place_of($1, $6)
                                                   ELSE f.code = n.origin AND f.internal AND f.kind NOT IN ('transit', 'making') END
  LEFT JOIN locations t ON t.shop_id = $1 AND CASE WHEN n.goal IS NULL THEN t.id = place_of($1, $7)
                                                   ELSE t.code = n.goal AND t.internal AND t.kind NOT IN ('transit', 'making') END
  LEFT JOIN balances b ON b.shop_id = $1 AND b.lot_id = l.id AND b.location_id = f.id
 ORDER BY n.at
