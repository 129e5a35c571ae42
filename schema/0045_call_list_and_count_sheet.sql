-- What page, command line and workbooks say of a recall and of a count comes from one place each.
SET LOCAL ROLE yaofang_owner;

-- What was given, or waits to be given, of a recall's lots: orders, orders that have lots set aside, and sales at the counter.
CREATE FUNCTION recall_given(p_shop_id bigint, p_recall_id bigint)
RETURNS TABLE (patient_id bigint, kind text, document_id bigint, state text, lot_id bigint, quantity bigint, at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT o.patient_id, 'order', o.id, o.state, m.lot_id, sum(m.quantity)::bigint, max(m.at)
      FROM recall_lots r
      JOIN stock_moves m ON m.shop_id = r.shop_id AND m.lot_id = r.lot_id AND m.reason = 'dispensed'
      JOIN orders o ON o.shop_id = m.shop_id AND o.id = m.order_id
     WHERE r.shop_id = p_shop_id AND r.recall_id = p_recall_id
     GROUP BY o.patient_id, o.id, o.state, m.lot_id
    UNION ALL
    SELECT o.patient_id, 'waiting order', o.id, o.state, v.lot_id, sum(v.quantity)::bigint, max(a.allocated_at)
      FROM recall_lots r
      JOIN reservations v ON v.shop_id = r.shop_id AND v.lot_id = r.lot_id
      JOIN orders o ON o.shop_id = v.shop_id AND o.id = v.order_id AND o.allocation_no = v.allocation_no
                   AND o.state IN ('allocated', 'released', 'weighed')
      JOIN allocations a ON a.shop_id = v.shop_id AND a.order_id = v.order_id AND a.allocation_no = v.allocation_no
     WHERE r.shop_id = p_shop_id AND r.recall_id = p_recall_id
     GROUP BY o.patient_id, o.id, o.state, v.lot_id
    UNION ALL
    SELECT t.patient_id, 'sale', t.id, t.state, k.lot_id, sum(k.quantity)::bigint, max(m.at)
      FROM recall_lots r
      JOIN ticket_lots k ON k.shop_id = r.shop_id AND k.lot_id = r.lot_id
      JOIN tickets t ON t.shop_id = k.shop_id AND t.id = k.ticket_id
      JOIN stock_moves m ON m.shop_id = k.shop_id AND m.id = k.move_id
     WHERE r.shop_id = p_shop_id AND r.recall_id = p_recall_id
     GROUP BY t.patient_id, t.id, t.state, k.lot_id
$$;

-- The sheet of a count. While a blind count is open, what the books say is not on it.
CREATE FUNCTION count_sheet(p_shop_id bigint, p_count_id bigint)
RETURNS TABLE (line_no integer, location text, sku text, name text, name_hanzi text, unit text, lot_id bigint, lot_code text,
               expires_on date, expected bigint, counted bigint, entry_no integer, counted_at timestamptz, counted_by text,
               booked_difference bigint)
LANGUAGE sql STABLE AS $$
    SELECT n.line_no, p.code, i.sku, i.name, i.name_hanzi, i.unit, l.id, l.lot_code, l.expires_on,
           CASE WHEN c.blind AND c.state = 'open' THEN NULL ELSE coalesce(e.expected, b.quantity, 0) END,
           e.counted, e.entry_no, e.counted_at, u.display_name, k.difference
      FROM counts c
      JOIN count_lines n ON n.shop_id = c.shop_id AND n.count_id = c.id
      JOIN locations p ON p.shop_id = n.shop_id AND p.id = n.location_id
      JOIN lots l ON l.shop_id = n.shop_id AND l.id = n.lot_id
      JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
      LEFT JOIN balances b ON b.shop_id = n.shop_id AND b.lot_id = n.lot_id AND b.location_id = n.location_id
      LEFT JOIN LATERAL (SELECT * FROM count_entries e WHERE e.shop_id = n.shop_id AND e.count_id = n.count_id
                            AND e.line_no = n.line_no ORDER BY e.entry_no DESC LIMIT 1) e ON true
      LEFT JOIN users u ON u.shop_id = e.shop_id AND u.id = e.counted_by
      LEFT JOIN count_bookings k ON k.shop_id = n.shop_id AND k.count_id = n.count_id AND k.line_no = n.line_no
     WHERE c.shop_id = p_shop_id AND c.id = p_count_id
$$;
REVOKE ALL ON FUNCTION recall_given, count_sheet FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recall_given, count_sheet TO yaofang_app, yaofang_read;
