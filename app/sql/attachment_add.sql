-- A file as it arrived. The table holds size and checksum against the bytes itself.
INSERT INTO attachments (shop_id, lot_id, receipt_id, purchase_order_id, kind, file_name, content_type, size, sha256, bytes, added_by,
                         intake_id)
VALUES ($1, $2::bigint, $3::bigint, $4::bigint, $5, $6, $7, $8::integer, $9, $10::text::bytea, $11, $12::bigint)
RETURNING id
