-- What goes into a batch.
INSERT INTO batch_lines (shop_id, batch_id, line_no, item_id, quantity_mg)
SELECT $1, $2, n.at::integer, n.item_id, n.quantity
  FROM unnest($3::bigint[], $4::bigint[]) WITH ORDINALITY n (item_id, quantity, at)
