-- Setting lots aside in one call, as short as it can be: orders for the same herbs queue at the lots' row locks, so what counts is how
-- long one holds them.
SET LOCAL ROLE yaofang_owner;

-- Why other lots were passed over is told once, never changed and read only with its allocation: one row with three lists of the same
-- length. It was a row for each, some thirty for a formula of twelve herbs, each with keys to check while the lots were locked. A
-- lot is never deleted, so its number in a list stays true without a key.
CREATE TABLE lots_passed_over (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    allocation_no integer NOT NULL,
    line_nos integer[] NOT NULL,
    lot_ids bigint[] NOT NULL,
    reasons text[] NOT NULL CONSTRAINT lots_passed_over_reasons_known CHECK (reasons <@ ARRAY[
        'expired', 'expires_before_course_ends', 'quarantined', 'held', 'recalled', 'in_transit', 'in_making', 'reserved_elsewhere',
        'not_needed']),
    PRIMARY KEY (shop_id, order_id, allocation_no),
    CONSTRAINT lots_passed_over_allocation FOREIGN KEY (shop_id, order_id, allocation_no) REFERENCES allocations,
    CONSTRAINT lots_passed_over_complete CHECK (cardinality(line_nos) = cardinality(lot_ids)
        AND cardinality(line_nos) = cardinality(reasons) AND array_position(line_nos, NULL) IS NULL
        AND array_position(lot_ids, NULL) IS NULL AND array_position(reasons, NULL) IS NULL)
);
ALTER TABLE lots_passed_over ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON lots_passed_over USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
GRANT SELECT ON lots_passed_over TO yaofang_app, yaofang_read;
GRANT INSERT ON lots_passed_over TO yaofang_app;
INSERT INTO lots_passed_over
SELECT shop_id, order_id, allocation_no, array_agg(line_no ORDER BY line_no, lot_id), array_agg(lot_id ORDER BY line_no, lot_id),
       array_agg(reason ORDER BY line_no, lot_id)
  FROM allocation_passed_over GROUP BY shop_id, order_id, allocation_no;
DROP TABLE allocation_passed_over;

-- Locks every lot in stock of the order's items, in id order (as stock_book_for does): until the transaction ends nobody else reserves or
-- books them. Each statement of a function sees what was committed before it began, so what is reserved next is of what those
-- before us in the queue left; and only from the lots locked here, for one that came in meanwhile is nobody's.
--
-- Demand and supply of an item are laid along the same line, lines one after another and lots one after another, earliest expiry
-- first; where a line's stretch and a lot's stretch overlap, that much is reserved. So a line is split over lots and drawers, two
-- lines may share a lot, and nothing is given twice. Of equal expiry the fuller lot comes first: fewest lots. Each lot not taken is
-- kept with its reason.
--
-- Comes back with what every line wanted, a row for each lot it got, and what lies there but may not be used (`barred`). A line that
-- got less than it wanted is the caller's to refuse.
CREATE FUNCTION order_reserve(p_shop_id bigint, p_order_id bigint, p_allocation_no integer, p_today date, p_course_ends_on date,
                              p_expires_at timestamptz)
RETURNS TABLE (line_no integer, herb_id text, wanted bigint, barred bigint, lot_id bigint, lot_code text, expires_on date,
               location_id bigint, location text, taken bigint)
LANGUAGE plpgsql SECURITY INVOKER AS $$
#variable_conflict use_column
DECLARE
    v_lots bigint[];
BEGIN
    SELECT array_agg(k.id) INTO v_lots FROM (
        SELECT l.id FROM lots l
         WHERE l.shop_id = p_shop_id AND l.in_stock
           AND l.item_id IN (SELECT n.item_id FROM order_lines n WHERE n.shop_id = p_shop_id AND n.order_id = p_order_id)
         ORDER BY l.id
           FOR NO KEY UPDATE) k;
    RETURN QUERY
    WITH demand AS (
        SELECT n.line_no, n.item_id, n.herb_id, n.quantity, sum(n.quantity) OVER (PARTITION BY n.item_id ORDER BY n.line_no) AS upto
          FROM order_lines n WHERE n.shop_id = p_shop_id AND n.order_id = p_order_id
    ), places AS (
        SELECT l.id AS lot_id, l.lot_code, l.item_id, l.expires_on, b.location_id, p.code AS location, b.quantity AS there,
               lot_refusal_at(p.kind, l.status, l.expires_on, p_today, p_course_ends_on) AS refusal,
               b.quantity - coalesce((SELECT sum(r.quantity) FROM reservations r
                                       WHERE r.shop_id = p_shop_id AND r.lot_id = l.id AND r.location_id = b.location_id
                                         AND r.ended_at IS NULL AND r.expires_at > now()), 0) AS free
          -- OFFSET 0: always by index, from the few lots there are; a plan for all at once costs more than the rest together.
          FROM (SELECT * FROM lots WHERE shop_id = p_shop_id AND id = ANY (v_lots) OFFSET 0) l
         CROSS JOIN LATERAL (SELECT * FROM balances WHERE shop_id = p_shop_id AND lot_id = l.id AND internal AND quantity > 0
                             OFFSET 0) b
         CROSS JOIN LATERAL (SELECT kind, code FROM locations WHERE shop_id = p_shop_id AND id = b.location_id OFFSET 0) p
    ), supply AS (
        SELECT *, sum(free) OVER (PARTITION BY item_id
                                  ORDER BY expires_on NULLS LAST, lot_free DESC, lot_id, free DESC, location_id) AS upto
          FROM (SELECT *, sum(free) OVER (PARTITION BY lot_id) AS lot_free FROM places
                 WHERE refusal IS NULL AND free > 0) usable
    ), given AS (
        SELECT d.line_no, s.lot_id, s.lot_code, s.expires_on, s.location_id, s.location,
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
    SELECT d.line_no, d.herb_id::text, d.quantity,
           coalesce((SELECT sum(p.there) FROM places p WHERE p.item_id = d.item_id AND p.refusal IS NOT NULL), 0)::bigint,
           g.lot_id, g.lot_code, g.expires_on, g.location_id, g.location, g.quantity
      FROM demand d
      LEFT JOIN given g ON g.line_no = d.line_no
     ORDER BY d.line_no, g.expires_on NULLS LAST, g.lot_id, g.location_id;
END
$$;
REVOKE ALL ON FUNCTION order_reserve FROM PUBLIC;
GRANT EXECUTE ON FUNCTION order_reserve TO yaofang_app;
