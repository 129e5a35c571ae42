-- Items chosen for a draft in dosage form $4: by SKU ($2, '' where by id) or by id ($3, 0 where by SKU), with what they are and
-- whether the form is made of such; item_id 0 where the shop has no such item.
SELECT w.no, coalesce(t.id, 0) AS item_id, t.sku, t.name, coalesce(t.herb_id, '') AS herb_id, coalesce(t.preparation, '') AS preparation,
       coalesce(t.item_kind, '') AS item_kind, coalesce(t.item_kind = ANY (form_item_kinds($4::text)), false) AS usable,
       array_to_string(form_item_kinds($4::text), ' or ') AS kinds
  FROM unnest($2::text[], $3::bigint[]) WITH ORDINALITY AS w (sku, id, no)
  LEFT JOIN LATERAL (SELECT * FROM items i
                      WHERE i.shop_id = $1::bigint AND CASE w.id WHEN 0 THEN upper(i.sku) = upper(w.sku) ELSE i.id = w.id END
                      ORDER BY i.sku = w.sku DESC
                      LIMIT 1) t ON true
 ORDER BY w.no
