-- What is sold with a tax category today or later: items in use or not yet gone, fees, and price rules that look at it.
SELECT (SELECT count(*) FROM items i
         WHERE i.shop_id = $1 AND i.tax_category = $2
           AND (i.retired_at IS NULL OR EXISTS (SELECT FROM lots l WHERE l.shop_id = $1 AND l.item_id = i.id AND l.in_stock))) AS items,
       (SELECT count(*) FROM fees f
         WHERE f.shop_id = $1 AND f.tax_category = $2 AND f.ended_at IS NULL
           AND (f.valid_until IS NULL OR f.valid_until >= shop_today($1))) AS fees,
       (SELECT count(*) FROM price_rules r
         WHERE r.shop_id = $1 AND r.tax_category = $2 AND r.ended_at IS NULL
           AND (r.valid_until IS NULL OR r.valid_until >= shop_today($1))) AS price_rules
