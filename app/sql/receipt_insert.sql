-- A delivery and the lots that are new with it. No row when the supplier is unknown. A lot without a certificate waits in
-- quarantine.
WITH made AS (
    INSERT INTO receipts (shop_id, supplier_id, invoice, received_by)
    SELECT $1, id, $3, $4::bigint FROM suppliers WHERE shop_id = $1 AND code = $2
    RETURNING id, supplier_id
), new_lots AS (
    INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, expiry_precision, status, status_reason,
                      certificate, cost_cents, cost_quantity)
    SELECT $1, n.item_id, m.supplier_id, n.lot_code, n.expires_on, n.expiry_precision,
           CASE WHEN coalesce(n.certificate, '') = '' THEN 'quarantined' ELSE 'released' END,
           CASE WHEN coalesce(n.certificate, '') = '' THEN 'no certificate' ELSE '' END,
           coalesce(n.certificate, ''), n.cost_cents, n.quantity
      FROM made m
     CROSS JOIN unnest($5::bigint[], $6::text[], $7::date[], $8::text[], $9::text[], $10::bigint[], $11::bigint[])
           n (item_id, lot_code, expires_on, expiry_precision, certificate, cost_cents, quantity)
        ON CONFLICT (shop_id, item_id, supplier_id, lot_code) DO NOTHING
)
SELECT id FROM made
