-- A delivery and the lots that are new with it. No row when the supplier is unknown. A lot without a certificate waits in
-- quarantine unless a pharmacist releases it with the delivery. A lot delivered in several lines is one lot: its cost is theirs
-- together, and an expiry that one of them gives is its own.
WITH made AS (
    INSERT INTO receipts (shop_id, supplier_id, invoice, received_by, purchase_order_id)
    SELECT $1, id, $3, $4::bigint, $12::bigint FROM suppliers WHERE shop_id = $1 AND code = $2
    RETURNING id, supplier_id
), new_lots AS (
    INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, expiry_precision, status, status_reason,
                      certificate, cost_cents, cost_quantity, made_on)
    SELECT $1, n.item_id, m.supplier_id, n.lot_code, max(n.expires_on),
           coalesce(max(n.expiry_precision) FILTER (WHERE n.expires_on IS NOT NULL), 'day'), min(n.status),
           CASE WHEN min(n.status) = 'released' THEN '' WHEN coalesce(max(n.certificate), '') = '' THEN 'no certificate'
                ELSE 'waits for release' END,
           coalesce(max(n.certificate), ''), sum(n.cost_cents)::bigint, sum(n.quantity)::bigint, max(n.made_on)
      FROM made m
     CROSS JOIN unnest($5::bigint[], $6::text[], $7::date[], $8::text[], $9::text[], $10::bigint[], $11::bigint[], $13::text[],
                       $14::date[])
           n (item_id, lot_code, expires_on, expiry_precision, certificate, cost_cents, quantity, status, made_on)
     GROUP BY n.item_id, m.supplier_id, n.lot_code
     ORDER BY n.item_id, n.lot_code
        ON CONFLICT (shop_id, item_id, supplier_id, lot_code) DO NOTHING
)
SELECT id FROM made
