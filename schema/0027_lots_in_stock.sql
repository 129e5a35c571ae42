-- After some years nearly all lots are empty. Which still hold something is kept with the lot, so that nothing that looks for
-- stock reads the empty ones. `in_stock` is turned by stock_book_for alone, under the lot's lock: on when something comes to a
-- place of the shop's own, off when the last of it leaves. (A partial index on balances would say the same, but then every
-- booking would have to write that index.)
SET LOCAL ROLE yaofang_owner;

ALTER TABLE lots ADD COLUMN in_stock boolean NOT NULL DEFAULT false;
UPDATE lots l SET in_stock = true
 WHERE EXISTS (SELECT FROM balances b WHERE b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0);
CREATE INDEX lots_in_stock ON lots (shop_id, item_id) WHERE in_stock;
CREATE INDEX lots_in_stock_by_expiry ON lots (shop_id, expires_on) WHERE in_stock;

CREATE OR REPLACE FUNCTION stock_book_for(p_shop_id bigint, p_lots bigint[], p_from bigint[], p_to bigint[],
                                          p_quantities bigint[], p_reason text, p_document text, p_document_id bigint,
                                          p_note text, p_user_id bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    written bigint;
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() THEN
        RAISE insufficient_privilege USING MESSAGE = 'another shop''s stock';
    END IF;
    PERFORM FROM lots l WHERE l.shop_id = p_shop_id AND l.id = ANY (p_lots) ORDER BY l.id FOR NO KEY UPDATE;
    INSERT INTO balances (shop_id, lot_id, location_id, internal)
    SELECT p_shop_id, e.lot_id, e.location_id, l.internal
      FROM (SELECT * FROM unnest(p_lots, p_from) UNION SELECT * FROM unnest(p_lots, p_to)) e (lot_id, location_id)
      JOIN locations l ON l.shop_id = p_shop_id AND l.id = e.location_id
        ON CONFLICT DO NOTHING;
    INSERT INTO stock_moves (shop_id, lot_id, from_location_id, to_location_id, quantity, reason, order_id, receipt_id,
                             adjustment_id, transfer_id, count_id, batch_id, note, user_id)
    SELECT p_shop_id, m.lot_id, m.origin, m.goal, m.quantity, p_reason,
           CASE p_document WHEN 'order' THEN p_document_id END, CASE p_document WHEN 'receipt' THEN p_document_id END,
           CASE p_document WHEN 'adjustment' THEN p_document_id END, CASE p_document WHEN 'transfer' THEN p_document_id END,
           CASE p_document WHEN 'count' THEN p_document_id END, CASE p_document WHEN 'batch' THEN p_document_id END,
           coalesce(p_note, ''), p_user_id
      FROM unnest(p_lots, p_from, p_to, p_quantities) m (lot_id, origin, goal, quantity);
    GET DIAGNOSTICS written = ROW_COUNT;
    UPDATE balances b SET quantity = b.quantity + d.change
      FROM (SELECT e.lot_id, e.location_id, sum(e.change)::bigint AS change
              FROM (SELECT lot_id, origin, -quantity FROM unnest(p_lots, p_from, p_quantities) m (lot_id, origin, quantity)
                     UNION ALL
                    SELECT * FROM unnest(p_lots, p_to, p_quantities)) e (lot_id, location_id, change)
             GROUP BY e.lot_id, e.location_id) d
     WHERE b.shop_id = p_shop_id AND b.lot_id = d.lot_id AND b.location_id = d.location_id;
    UPDATE lots l SET in_stock = NOT l.in_stock
     WHERE l.shop_id = p_shop_id AND l.id = ANY (p_lots)
       AND l.in_stock <> EXISTS (SELECT FROM balances b WHERE b.shop_id = p_shop_id AND b.lot_id = l.id AND b.internal
                                                          AND b.quantity > 0);
    RETURN written;
END
$$;
