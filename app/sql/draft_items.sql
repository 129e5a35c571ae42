-- Items chosen for a draft in dosage form $4: by SKU ($2, '' where by id) or by id ($3, 0 where by SKU), with what they are and
-- whether the form is made of such: capsules of granules too, where somebody chooses them; item_id 0 where the shop has no such item.
SELECT w.no, coalesce(t.id, 0) AS item_id, t.sku, t.name, coalesce(t.herb_id, '') AS herb_id, coalesce(t.preparation, '') AS preparation,
       coalesce(t.item_kind, '') AS item_kind, coalesce(t.item_kind = ANY (k.kinds), false) AS usable,
       array_to_string(k.kinds, ' or ') AS kinds
  FROM (SELECT form_item_kinds($4::text) || CASE $4::text WHEN 'capsule' THEN ARRAY['granule'] END AS kinds) k
 CROSS JOIN unnest($2::text[], $3::bigint[]) WITH ORDINALITY AS w (sku, id, no)
  LEFT JOIN LATERAL (SELECT * FROM items i
                      WHERE i.shop_id = $1::bigint AND CASE w.id WHEN 0 THEN upper(i.sku) = upper(w.sku) ELSE i.id = w.id END
                      ORDER BY i.sku = w.sku DESC
                      LIMIT 1) t ON true
 ORDER BY w.no
