-- Bars the lots of a recall at once, in id order as every booking locks them, tells of it, and stops the orders that wait with
-- them: what was set aside of these lots is set aside no more.
WITH locked AS (
    SELECT l.id FROM lots l
     WHERE l.shop_id = $1 AND l.id IN (SELECT r.lot_id FROM recall_lots r WHERE r.shop_id = $1 AND r.recall_id = $2)
     ORDER BY l.id FOR NO KEY UPDATE
), barred AS (
    UPDATE lots l SET status = 'recalled', status_reason = r.reason
      FROM locked k CROSS JOIN recalls r
     WHERE l.shop_id = $1 AND l.id = k.id AND r.shop_id = $1 AND r.id = $2
    RETURNING l.id, l.status_reason
), told AS (
    INSERT INTO lot_events (shop_id, lot_id, status, reason, user_id) SELECT $1, id, 'recalled', status_reason, $3::bigint FROM barred
), ended AS (
    UPDATE reservations v SET ended_at = now(), expires_at = now()
      FROM barred b
     WHERE v.shop_id = $1 AND v.lot_id = b.id AND v.ended_at IS NULL
    RETURNING v.order_id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, o.id, 'lot_recalled', o.state, 'recall ' || $2, $3::bigint
  FROM orders o WHERE o.shop_id = $1 AND o.id IN (SELECT order_id FROM ended)
