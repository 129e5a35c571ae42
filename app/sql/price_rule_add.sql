-- A price rule. No row when the item is named and the shop has no such SKU.
INSERT INTO price_rules (shop_id, name, kind, item_id, item_kind, tax_category, dosage_form, customer_group, price_cents, per_quantity,
                         markup_basis_points, priority, valid_from, valid_until, created_by, off_basis_points)
SELECT $1, $2, $3::text, i.id, $5::text, $6::text, $7::text, $8::text, $9::bigint, $10::bigint, $11::integer, $12::integer, $13::date,
       $14::date, $15::bigint, $16::integer
  FROM (SELECT) one
  LEFT JOIN items i ON i.shop_id = $1 AND i.sku = $4::text
 WHERE $4::text IS NULL OR i.id IS NOT NULL
RETURNING id
