-- A delivery of fifty thousand lots makes a hundred thousand balances: each is written once, with what comes to it, instead of at
-- nothing and then again (a row of the same transaction has its foreign keys looked up again when it is changed). What was
-- there before is changed as ever. Under the lots' locks nobody else can make the same balance.
SET LOCAL ROLE yaofang_owner;

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
    INSERT INTO stock_moves (shop_id, lot_id, from_location_id, to_location_id, quantity, reason, order_id, receipt_id,
                             adjustment_id, transfer_id, count_id, batch_id, note, user_id)
    SELECT p_shop_id, m.lot_id, m.origin, m.goal, m.quantity, p_reason,
           CASE p_document WHEN 'order' THEN p_document_id END, CASE p_document WHEN 'receipt' THEN p_document_id END,
           CASE p_document WHEN 'adjustment' THEN p_document_id END, CASE p_document WHEN 'transfer' THEN p_document_id END,
           CASE p_document WHEN 'count' THEN p_document_id END, CASE p_document WHEN 'batch' THEN p_document_id END,
           coalesce(p_note, ''), p_user_id
      FROM unnest(p_lots, p_from, p_to, p_quantities) m (lot_id, origin, goal, quantity);
    GET DIAGNOSTICS written = ROW_COUNT;
    WITH change AS MATERIALIZED (
        SELECT e.lot_id, e.location_id, sum(e.change)::bigint AS change
          FROM (SELECT lot_id, origin, -quantity FROM unnest(p_lots, p_from, p_quantities) m (lot_id, origin, quantity)
                 UNION ALL
                SELECT * FROM unnest(p_lots, p_to, p_quantities)) e (lot_id, location_id, change)
         GROUP BY e.lot_id, e.location_id
    ), made AS (
        INSERT INTO balances (shop_id, lot_id, location_id, internal, quantity)
        SELECT p_shop_id, c.lot_id, c.location_id, l.internal, c.change
          FROM change c
          JOIN locations l ON l.shop_id = p_shop_id AND l.id = c.location_id
         WHERE NOT EXISTS (SELECT FROM balances b WHERE b.shop_id = p_shop_id AND b.lot_id = c.lot_id
                                                    AND b.location_id = c.location_id)
        RETURNING lot_id, location_id
    )
    UPDATE balances b SET quantity = b.quantity + c.change
      FROM change c
     WHERE b.shop_id = p_shop_id AND b.lot_id = c.lot_id AND b.location_id = c.location_id;
    UPDATE lots l SET in_stock = NOT l.in_stock
     WHERE l.shop_id = p_shop_id AND l.id = ANY (p_lots)
       AND l.in_stock <> EXISTS (SELECT FROM balances b WHERE b.shop_id = p_shop_id AND b.lot_id = l.id AND b.internal
                                                          AND b.quantity > 0);
    RETURN written;
END
$$;
