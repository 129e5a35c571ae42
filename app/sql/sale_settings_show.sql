-- How the shop sells.
SELECT tax_included, handover_needs_payment, quote_minutes, drawer_limit_cents, receipt_note FROM sale_settings_now WHERE shop_id = $1
