-- A recall with its lots: those named, and every lot that was made of them. Returns how many lots.
WITH made AS (
    INSERT INTO recalls (shop_id, mock, reason, started_by) VALUES ($1, $3, $4, $5::bigint) RETURNING id
), lots AS (
    INSERT INTO recall_lots (shop_id, recall_id, lot_id, named, status_before)
    SELECT $1, m.id, l.id, l.id = ANY ($2::bigint[]), l.status
      FROM made m
     CROSS JOIN lot_descendants($1, $2::bigint[]) d
      JOIN lots l ON l.shop_id = $1 AND l.id = d.lot_id
    RETURNING lot_id
)
SELECT m.id, (SELECT count(*) FROM lots) AS lots FROM made m
