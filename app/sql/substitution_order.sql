-- An order that substitutes are looked for: its version, and the days its packets last.
SELECT o.id, o.prescription_id, o.version::bigint AS version, o.state, o.packets::bigint AS packets,
       ((v.days * o.packets + v.packets - 1) / v.packets)::bigint AS days
  FROM orders o
  JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
 WHERE o.shop_id = $1::bigint AND o.id = $2::bigint
