-- What goes into an order's packets, herb by herb: how each is handled in the pot, in so far as anybody boils the form at all.
SELECT l.line_no, l.quantity, h.pinyin || ' ' || h.hanzi AS herb, o.packets::bigint AS packets,
       CASE WHEN d.decocted IS NULL THEN '' ELSE i.handling END AS handling
  FROM orders o
  JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
  JOIN dosage_forms d ON d.id = v.dosage_form
  JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.id
  JOIN prescription_items i ON i.shop_id = o.shop_id AND i.prescription_id = o.prescription_id AND i.version = o.version
                           AND i.line_no = l.line_no
  JOIN herbs h ON h.id = l.herb_id
 WHERE o.shop_id = $1 AND o.id = $2
 ORDER BY l.line_no
