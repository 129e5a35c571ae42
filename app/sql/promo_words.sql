-- Words of include and exclude that mean nothing in this shop: no SKU, product, herb, kind of item, tax category or dosage form.
SELECT w AS word
  FROM unnest($2::text[]) w
 WHERE lower(w) NOT IN ('item', 'order', 'fee', 'raw', 'granule', 'powder', 'product', 'goods')
   AND NOT EXISTS (SELECT FROM tax_categories x WHERE x.shop_id = $1 AND lower(x.tax_category) = lower(w))
   AND NOT EXISTS (SELECT FROM dosage_forms d WHERE d.id = lower(w))
   AND NOT EXISTS (SELECT FROM items i WHERE i.shop_id = $1 AND (lower(i.sku) = lower(w) OR i.herb_id = lower(w)
                                                                 OR i.product_id = lower(w)))
 ORDER BY w
