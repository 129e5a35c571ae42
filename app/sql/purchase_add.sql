-- A purchase order in draft with its lines. No row when the supplier is unknown.
WITH made AS (
    INSERT INTO purchase_orders (shop_id, supplier_id, expected_on, note, created_by)
    SELECT $1, s.id, coalesce($3::date, shop_today($1) + s.lead_time_days), coalesce($4, ''), $5::bigint
      FROM suppliers s WHERE s.shop_id = $1 AND s.code = $2
    RETURNING id
)
SELECT id FROM made
