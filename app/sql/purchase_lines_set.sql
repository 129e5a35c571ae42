-- What is ordered of each item, instead of what was before; 0 drops it. Row-level security lets it in only in draft.
INSERT INTO purchase_order_lines (shop_id, purchase_order_id, line_no, item_id, quantity, cost_cents)
SELECT $1, $2, (SELECT coalesce(max(l.line_no), 0) FROM purchase_order_lines l WHERE l.shop_id = $1 AND l.purchase_order_id = $2)
               + n.at::integer, n.item_id, n.quantity, n.cost_cents
  FROM unnest($3::bigint[], $4::bigint[], $5::bigint[]) WITH ORDINALITY n (item_id, quantity, cost_cents, at)
    ON CONFLICT (shop_id, purchase_order_id, item_id)
    DO UPDATE SET quantity = excluded.quantity, cost_cents = excluded.cost_cents
