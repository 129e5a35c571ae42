-- The received prescription that has a page with this checksum already; 0: none.
SELECT coalesce(max(a.intake_id), 0) AS id FROM attachments a WHERE a.shop_id = $1 AND a.sha256 = $2 AND a.intake_id IS NOT NULL
