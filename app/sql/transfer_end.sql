-- What of our own transfer is no longer on its way, and why.
WITH less AS (
    UPDATE transfer_lines t SET open_quantity = t.open_quantity - n.quantity
      FROM (SELECT line_no, sum(quantity)::bigint AS quantity FROM unnest($3::bigint[], $4::bigint[]) n (line_no, quantity)
             GROUP BY line_no) n
     WHERE t.shop_id = $1 AND t.transfer_id = $2 AND t.line_no = n.line_no
    RETURNING t.to_shop_id, t.line_no
)
INSERT INTO transfer_ends (shop_id, transfer_id, to_shop_id, line_no, how, quantity, by_name)
SELECT $1, $2, l.to_shop_id, l.line_no, $5, n.quantity, coalesce(u.display_name, '')
  FROM less l
  JOIN unnest($3::bigint[], $4::bigint[]) n (line_no, quantity) ON n.line_no = l.line_no
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = $6
