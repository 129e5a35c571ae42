-- How the shop sells from now on.
INSERT INTO sale_settings (shop_id, tax_included, handover_needs_payment, quote_minutes, drawer_limit_cents, receipt_note)
VALUES ($1, $2, $3, $4::integer, $5, coalesce($6, ''))
ON CONFLICT (shop_id) DO UPDATE
   SET tax_included = excluded.tax_included, handover_needs_payment = excluded.handover_needs_payment,
       quote_minutes = excluded.quote_minutes, drawer_limit_cents = excluded.drawer_limit_cents, receipt_note = excluded.receipt_note
