-- The scales in use; $2 names one of them.
SELECT s.id, s.code, s.name, s.uri, s.protocol, s.unit, s.asks, s.capacity_mg, s.minimum_mg, s.resolution_mg,
       (SELECT max(r.read_at) FROM scale_readings r WHERE r.shop_id = s.shop_id AND r.scale_id = s.id) AS last_read_at
  FROM scales s
 WHERE s.shop_id = $1 AND s.removed_at IS NULL AND ($2::text IS NULL OR s.code = $2)
 ORDER BY s.code
