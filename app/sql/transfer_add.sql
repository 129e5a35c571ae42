-- A transfer with its lines; what the other shop needs to know of each lot travels along. No row when there is no such shop.
WITH made AS (
    INSERT INTO transfers (shop_id, to_shop_id, note, sent_by, sent_by_name)
    SELECT $1, s.id, coalesce($4, ''), u.id, u.display_name
      FROM shop_list() s JOIN users u ON u.shop_id = $1 AND u.id = $3 WHERE s.slug = $2
    RETURNING id, to_shop_id
), lines AS (
    INSERT INTO transfer_lines (shop_id, transfer_id, to_shop_id, line_no, lot_id, from_location_id, quantity, open_quantity, sku,
                                item_name, unit, lot_code, expires_on)
    SELECT $1, m.id, m.to_shop_id, n.at::integer, l.id, n.origin, n.quantity, n.quantity, i.sku, i.name, i.unit, l.lot_code,
           l.expires_on
      FROM made m
     CROSS JOIN unnest($5::bigint[], $6::bigint[], $7::bigint[]) WITH ORDINALITY n (lot_id, origin, quantity, at)
      JOIN lots l ON l.shop_id = $1 AND l.id = n.lot_id
      JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
)
SELECT id FROM made
