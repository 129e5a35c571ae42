-- Which of these lots the shop has: 0 where it has none.
SELECT coalesce(l.id, 0) AS id FROM unnest($2::bigint[]) WITH ORDINALITY n (id, at)
  LEFT JOIN lots l ON l.shop_id = $1 AND l.id = n.id
 ORDER BY n.at
