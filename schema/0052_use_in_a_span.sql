-- Use of the last days, again: a plan that is kept does not know the days, and takes an open end for a third of all rows. With both
-- ends said it is a span, and goes by the index; and what day it is in the shop is asked once, not for every row.
SET LOCAL ROLE yaofang_owner;

CREATE OR REPLACE FUNCTION item_use(p_shop_id bigint, p_days integer) RETURNS TABLE (item_id bigint, quantity bigint) LANGUAGE sql STABLE AS $$
    SELECT item_id, sum(quantity)::bigint
      FROM (SELECT u.item_id, u.quantity FROM item_uses u
             WHERE u.shop_id = p_shop_id AND u.used_on >= (SELECT shop_today(p_shop_id) - p_days)
               AND u.used_on <= (SELECT shop_today(p_shop_id))
             UNION ALL
            SELECT u.item_id, u.quantity
              FROM ledger_uses(p_shop_id,
                               greatest((SELECT d.through + 1 FROM use_days d WHERE d.shop_id = p_shop_id),
                                        (SELECT shop_today(p_shop_id) - p_days)), (SELECT shop_today(p_shop_id))) u) used
     GROUP BY item_id
$$;

-- Which item a lot is of is looked up for the lots there are; it used to read every lot the shop ever had.
CREATE OR REPLACE FUNCTION ledger_uses(p_shop_id bigint, p_from date, p_to date)
RETURNS TABLE (item_id bigint, used_on date, quantity bigint) LANGUAGE sql STABLE AS $$
    SELECT l.item_id, m.used_on, sum(m.quantity)::bigint
      FROM (SELECT m.lot_id, (m.at AT TIME ZONE (SELECT time_zone FROM shops WHERE id = p_shop_id))::date AS used_on, sum(m.quantity) AS quantity
              FROM stock_moves m
             -- OFFSET 0: the places are looked at once, not for every move.
              JOIN (SELECT id FROM locations WHERE shop_id = p_shop_id AND internal OFFSET 0) o ON o.id = m.from_location_id
              JOIN (SELECT id FROM locations WHERE shop_id = p_shop_id AND kind IN ('patient', 'production') OFFSET 0) g
                ON g.id = m.to_location_id
             WHERE m.shop_id = p_shop_id AND m.at >= (SELECT p_from::timestamp AT TIME ZONE time_zone FROM shops WHERE id = p_shop_id)
               AND m.at < (SELECT (p_to + 1)::timestamp AT TIME ZONE time_zone FROM shops WHERE id = p_shop_id)
             GROUP BY 1, 2) m
     CROSS JOIN LATERAL (SELECT item_id FROM lots WHERE shop_id = p_shop_id AND id = m.lot_id OFFSET 0) l
     GROUP BY 1, 2
$$;
