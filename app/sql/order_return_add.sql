-- So many packets of a handed-over order came back, with its event. Comes back with the number of the return; without a row the order
-- was not handed over.
WITH made AS (
    INSERT INTO order_returns (shop_id, order_id, return_no, packets, packets_before, packets_upto, order_packets, reason, note_needed,
                               note, received_by)
    SELECT $1, o.id, coalesce(b.return_no, 0) + 1, $4::integer, coalesce(b.packets_upto, 0), coalesce(b.packets_upto, 0) + $4::integer,
           o.packets, r.code, r.note_needed, coalesce($6, ''), $3
      FROM orders o
      JOIN order_reasons r ON r.use = 'return' AND r.code = $5
      LEFT JOIN LATERAL (SELECT return_no, packets_upto FROM order_returns b WHERE b.shop_id = o.shop_id AND b.order_id = o.id
                          ORDER BY return_no DESC LIMIT 1) b ON true
     WHERE o.shop_id = $1 AND o.id = $2 AND o.state = 'handed_over'
    RETURNING order_id, return_no, packets
), told AS (
    INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
    SELECT $1, order_id, 'returned', 'handed_over', packets || ' packets: ' || concat_ws(': ', $5::text, nullif($6, '')), $3 FROM made
)
SELECT return_no::bigint AS return_no FROM made
