-- Setting lots aside is the last thing an allocation does, so that its commit travels with it and orders for the same herbs queue for
-- one statement instead of one and two round trips: nothing is asked back any more. What is short is refused here.
SET LOCAL ROLE yaofang_owner;

DROP FUNCTION order_reserve(bigint, bigint, integer, date, date, timestamptz);

-- Locks every lot in stock of the order's items, in id order (as stock_book_for does): until the transaction ends nobody else reserves or
-- books them. Each statement of a function sees what was committed before it began, so what is reserved next is of what those
-- before us in the queue left; and only from the lots locked here, for one that came in meanwhile is nobody's.
--
-- Demand and supply of an item are laid along the same line, lines one after another and lots one after another, earliest expiry
-- first; where a line's stretch and a lot's stretch overlap, that much is reserved. So a line is split over lots and drawers, two
-- lines may share a lot, and nothing is given twice. Of equal expiry the fuller lot comes first: fewest lots. Each lot not taken is
-- kept with its reason.
--
-- It is a door of its own, as the ledger has one, for the sake of time: what the policies ask of each row for itself is asked once here,
-- of all: the shop, and the order, which goes by this allocation now, is not stopped and not weighed.
--
-- When a line gets less than it wants nothing is reserved; the detail of the error is a list of the short lines: what is wanted, what
-- is there for it and what lies there but may not be used (barred), all told, for the order itself may go with its transaction.
CREATE FUNCTION order_reserve(p_shop_id bigint, p_order_id bigint, p_allocation_no integer, p_today date, p_course_ends_on date,
                              p_expires_at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_lots bigint[];
    v_short jsonb;
BEGIN
    PERFORM FROM orders o
      WHERE o.shop_id = p_shop_id AND o.shop_id = current_shop() AND o.id = p_order_id AND o.allocation_no = p_allocation_no
        AND o.stopped_state IS NULL AND o.state IN ('entered', 'short', 'allocated', 'released');
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'no allocation of an open order of this shop';
    END IF;
    SELECT array_agg(k.id) INTO v_lots FROM (
        SELECT l.id FROM lots l
         WHERE l.shop_id = p_shop_id AND l.in_stock
           AND l.item_id IN (SELECT n.item_id FROM order_lines n WHERE n.shop_id = p_shop_id AND n.order_id = p_order_id)
         ORDER BY l.id
           FOR NO KEY UPDATE) k;
    WITH demand AS (
        SELECT n.line_no, n.item_id, n.quantity, sum(n.quantity) OVER (PARTITION BY n.item_id ORDER BY n.line_no) AS upto
          FROM order_lines n WHERE n.shop_id = p_shop_id AND n.order_id = p_order_id
    ), places AS (
        SELECT l.id AS lot_id, l.item_id, l.expires_on, b.location_id, b.quantity AS there,
               lot_refusal_at(p.kind, l.status, l.expires_on, p_today, p_course_ends_on) AS refusal,
               b.quantity - coalesce((SELECT sum(r.quantity) FROM reservations r
                                       WHERE r.shop_id = p_shop_id AND r.lot_id = l.id AND r.location_id = b.location_id
                                         AND r.ended_at IS NULL AND r.expires_at > now()), 0) AS free
          -- OFFSET 0: always by index, from the few lots there are; a plan for all at once costs more than the rest together.
          FROM (SELECT * FROM lots WHERE shop_id = p_shop_id AND id = ANY (v_lots) OFFSET 0) l
         CROSS JOIN LATERAL (SELECT * FROM balances WHERE shop_id = p_shop_id AND lot_id = l.id AND internal AND quantity > 0
                             OFFSET 0) b
         CROSS JOIN LATERAL (SELECT kind FROM locations WHERE shop_id = p_shop_id AND id = b.location_id OFFSET 0) p
    ), supply AS (
        SELECT *, sum(free) OVER (PARTITION BY item_id
                                  ORDER BY expires_on NULLS LAST, lot_free DESC, lot_id, free DESC, location_id) AS upto
          FROM (SELECT *, sum(free) OVER (PARTITION BY lot_id) AS lot_free FROM places
                 WHERE refusal IS NULL AND free > 0) usable
    ), given AS (
        SELECT d.line_no, s.lot_id, s.location_id,
               (least(d.upto, s.upto) - greatest(d.upto - d.quantity, s.upto - s.free))::bigint AS quantity
          FROM demand d
          JOIN supply s ON s.item_id = d.item_id AND s.upto > d.upto - d.quantity AND s.upto - s.free < d.upto
    ), reserved AS (
        INSERT INTO reservations (shop_id, order_id, allocation_no, line_no, lot_id, location_id, quantity, expires_at)
        SELECT p_shop_id, p_order_id, p_allocation_no, g.line_no, g.lot_id, g.location_id, g.quantity, p_expires_at FROM given g
    ), passed AS (
        INSERT INTO lots_passed_over (shop_id, order_id, allocation_no, line_nos, lot_ids, reasons)
        SELECT p_shop_id, p_order_id, p_allocation_no, array_agg(o.line_no), array_agg(o.lot_id), array_agg(o.reason)
          FROM (SELECT DISTINCT ON (d.line_no, p.lot_id) d.line_no, p.lot_id,
                       CASE WHEN p.refusal IS NOT NULL THEN p.refusal WHEN p.free <= 0 THEN 'reserved_elsewhere'
                            ELSE 'not_needed' END AS reason
                  FROM demand d
                  JOIN places p ON p.item_id = d.item_id
                 WHERE NOT EXISTS (SELECT FROM given g WHERE g.line_no = d.line_no AND g.lot_id = p.lot_id)
                 ORDER BY d.line_no, p.lot_id, p.refusal) o
        HAVING count(*) > 0
    )
    SELECT jsonb_agg(jsonb_build_object(
               'line_no', d.line_no, 'wanted', d.quantity, 'there', t.there,
               'barred', coalesce((SELECT sum(p.there) FROM places p WHERE p.item_id = d.item_id AND p.refusal IS NOT NULL), 0)))
      INTO v_short
      FROM demand d
     CROSS JOIN LATERAL (SELECT coalesce(sum(g.quantity), 0) AS there FROM given g WHERE g.line_no = d.line_no) t
     WHERE t.there < d.quantity;
    IF v_short IS NOT NULL THEN
        RAISE check_violation USING CONSTRAINT = 'reservations_enough', MESSAGE = 'an order is short', DETAIL = (
            SELECT jsonb_agg(l.line || jsonb_build_object(
                       'herb', concat_ws(' ', coalesce(h.pinyin, i.name), nullif(coalesce(h.hanzi, i.name_hanzi), '')),
                       'counted', h.id IS NULL AND i.unit = 'each') ORDER BY n.line_no)
              FROM jsonb_array_elements(v_short) l (line)
              JOIN order_lines n ON n.shop_id = p_shop_id AND n.order_id = p_order_id AND n.line_no = (l.line ->> 'line_no')::integer
              LEFT JOIN herbs h ON h.id = n.herb_id
              LEFT JOIN items i ON i.shop_id = p_shop_id AND i.id = n.item_id)::text;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION order_reserve FROM PUBLIC;
GRANT EXECUTE ON FUNCTION order_reserve TO yaofang_app;

-- A reservation is of the allocation its order has now, which is a key of the order (orders_allocation): so says the door, and to what
-- is reserved beside it, when a lot runs out at the bench, the policy that asks how the order stands. The key of its own that each
-- reservation had was checked for every one of them while the lots were locked, and let one be added to an allocation of long ago.
DROP POLICY not_stopped ON reservations;
ALTER POLICY where_it_belongs ON reservations WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = reservations.shop_id AND o.id = reservations.order_id
               AND o.allocation_no = reservations.allocation_no AND o.stopped_state IS NULL
               AND o.state IN ('entered', 'short', 'allocated', 'released')));
ALTER TABLE reservations DROP CONSTRAINT reservations_allocation;
