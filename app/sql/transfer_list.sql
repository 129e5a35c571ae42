-- Transfers from this shop and to it, newest first; open: something is still on its way.
SELECT t.id, f.slug AS from_shop, g.slug AS to_shop, t.shop_id = $1 AS ours, t.note, t.sent_by_name, t.sent_at,
       EXISTS (SELECT FROM transfer_lines l WHERE l.shop_id = t.shop_id AND l.transfer_id = t.id AND l.open_quantity > 0) AS open,
       (SELECT jsonb_agg(jsonb_build_object('line_no', l.line_no, 'sku', l.sku, 'name', l.item_name, 'unit', l.unit,
                                            'lot_code', l.lot_code, 'expires_on', l.expires_on, 'quantity', l.quantity,
                                            'open', l.open_quantity,
                                            'ends', (SELECT coalesce(jsonb_agg(jsonb_build_object('how', e.how, 'quantity', e.quantity,
                                                                     'by', e.by_name, 'at', e.at) ORDER BY e.id), '[]')
                                                       FROM transfer_ends e WHERE e.shop_id = l.shop_id
                                                        AND e.transfer_id = l.transfer_id AND e.line_no = l.line_no))
                         ORDER BY l.line_no)
          FROM transfer_lines l WHERE l.shop_id = t.shop_id AND l.transfer_id = t.id) AS lines
  FROM transfers t
  JOIN shop_list() f ON f.id = t.shop_id
  JOIN shop_list() g ON g.id = t.to_shop_id
 WHERE (t.shop_id = $1 OR t.to_shop_id = $1) AND ($2::bigint IS NULL OR t.id = $2::bigint)
   AND ($3::boolean IS NOT TRUE OR EXISTS (SELECT FROM transfer_lines l WHERE l.shop_id = t.shop_id AND l.transfer_id = t.id
                                              AND l.open_quantity > 0))
 ORDER BY t.sent_at DESC, t.id DESC
 LIMIT least(coalesce($4::bigint, 100), 1000)
