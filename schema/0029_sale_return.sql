-- What a refund brings back, with quantities of the ledger's own type; else as in 0025.
SET LOCAL ROLE yaofang_owner;

CREATE OR REPLACE FUNCTION sale_return(p_shop_id bigint, p_ticket_id bigint, p_refund_no integer, p_user_id bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    outside bigint;
    loss bigint;
    back record;
    written bigint := 0;
    newest bigint;
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() THEN
        RAISE insufficient_privilege USING MESSAGE = 'another shop''s sale';
    END IF;
    PERFORM FROM refunds WHERE shop_id = p_shop_id AND ticket_id = p_ticket_id AND refund_no = p_refund_no FOR NO KEY UPDATE;
    IF NOT FOUND OR EXISTS (SELECT FROM refund_lots WHERE shop_id = p_shop_id AND ticket_id = p_ticket_id
                               AND refund_no = p_refund_no) THEN
        RAISE unique_violation USING CONSTRAINT = 'refund_lots_once', MESSAGE = 'no refund, or booked already';
    END IF;
    SELECT id INTO outside FROM locations WHERE shop_id = p_shop_id AND kind = 'patient' ORDER BY id LIMIT 1;
    SELECT id INTO loss FROM locations WHERE shop_id = p_shop_id AND kind = 'loss' ORDER BY id LIMIT 1;
    SELECT coalesce(max(id), 0) INTO newest FROM stock_moves WHERE shop_id = p_shop_id;
    SELECT array_agg(s.lot_id ORDER BY s.seq, s.lot_id, s.location_id) AS lots,
           array_agg(CASE r.disposition WHEN 'restock' THEN s.location_id ELSE loss END ORDER BY s.seq, s.lot_id, s.location_id) AS goals,
           array_agg((least(r.upto_quantity, s.upto) - greatest(r.upto_quantity - r.quantity, s.upto - s.quantity))::bigint
                     ORDER BY s.seq, s.lot_id, s.location_id) AS quantities,
           array_agg(s.seq ORDER BY s.seq, s.lot_id, s.location_id) AS seqs
      INTO back
      FROM refund_lines r
      JOIN (SELECT t.*, sum(t.quantity) OVER (PARTITION BY t.seq ORDER BY t.move_id DESC) AS upto
              FROM ticket_lots t WHERE t.shop_id = p_shop_id AND t.ticket_id = p_ticket_id) s
        ON s.seq = r.seq AND s.upto > r.upto_quantity - r.quantity AND s.upto - s.quantity < r.upto_quantity
     WHERE r.shop_id = p_shop_id AND r.ticket_id = p_ticket_id AND r.refund_no = p_refund_no AND r.disposition <> 'none';
    IF back.lots IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM stock_book(p_shop_id, back.lots, array_fill(outside, ARRAY[cardinality(back.lots)]), back.goals, back.quantities,
                       'returned', NULL, NULL, 'ticket ' || p_ticket_id, p_user_id);
    INSERT INTO refund_lots (shop_id, ticket_id, refund_no, seq, lot_id, location_id, quantity, move_id)
    SELECT p_shop_id, p_ticket_id, p_refund_no, t.seq, t.lot_id, t.goal, t.quantity, m.id
      FROM (SELECT u.*, row_number() OVER (PARTITION BY u.lot_id, u.goal, u.quantity ORDER BY u.seq) AS n
              FROM unnest(back.seqs, back.lots, back.goals, back.quantities) u (seq, lot_id, goal, quantity)) t
      JOIN (SELECT s.*, row_number() OVER (PARTITION BY s.lot_id, s.to_location_id, s.quantity ORDER BY s.id) AS n
              FROM stock_moves s
             WHERE s.shop_id = p_shop_id AND s.id > newest AND s.lot_id = ANY (back.lots) AND s.reason = 'returned'
               AND s.note = 'ticket ' || p_ticket_id) m
        ON m.lot_id = t.lot_id AND m.to_location_id = t.goal AND m.quantity = t.quantity AND m.n = t.n;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$$;
