-- What files there are, without their content: of a lot, of a delivery, of a purchase order, of a received prescription, or one, or the newest of all.
SELECT a.id, a.lot_id, l.lot_code, i.sku, a.receipt_id, r.invoice, a.purchase_order_id, a.intake_id, a.kind, a.file_name, a.content_type, a.size,
       a.sha256, u.display_name AS added_by, a.added_at
  FROM attachments a
  LEFT JOIN lots l ON l.shop_id = a.shop_id AND l.id = a.lot_id
  LEFT JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  LEFT JOIN receipts r ON r.shop_id = a.shop_id AND r.id = a.receipt_id
  LEFT JOIN users u ON u.shop_id = a.shop_id AND u.id = a.added_by
 WHERE a.shop_id = $1 AND ($2::bigint IS NULL OR a.id = $2::bigint) AND ($3::bigint IS NULL OR a.lot_id = $3::bigint)
   AND ($4::bigint IS NULL OR a.receipt_id = $4::bigint) AND ($5::bigint IS NULL OR a.purchase_order_id = $5::bigint)
   AND ($6::bigint IS NULL OR a.intake_id = $6::bigint)
 ORDER BY a.id DESC
 LIMIT 500
