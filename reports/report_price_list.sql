-- What everything costs: the item's own price, its tax, and the price rules in force that name the item.
SELECT i.sku, i.name, i.name_hanzi, i.item_kind, x.name AS category, i.price_cents,
       CASE i.unit WHEN 'mg' THEN i.price_per_quantity END AS per_mg,
       CASE i.unit WHEN 'each' THEN i.price_per_quantity END AS per_pieces,
       x.rate_basis_points / 100.0 || ' %' AS tax, i.gtin,
       (SELECT string_agg(r.name || coalesce(' (' || r.customer_group || ')', ''), '; ' ORDER BY r.priority DESC, r.id DESC)
          FROM price_rules r
         WHERE r.shop_id = i.shop_id AND r.item_id = i.id AND r.ended_at IS NULL
           AND shop_today($1) BETWEEN coalesce(r.valid_from, '-infinity') AND coalesce(r.valid_until, 'infinity')) AS rules
  FROM items i
  LEFT JOIN tax_categories x ON x.shop_id = i.shop_id AND x.tax_category = i.tax_category
 WHERE i.shop_id = $1 AND ($2::text IS NULL OR i.item_kind = $2::text)
 ORDER BY array_position(ARRAY['product', 'goods', 'raw', 'granule', 'powder'], i.item_kind), i.name COLLATE "und-x-icu", i.sku
