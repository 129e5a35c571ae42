-- What took seconds after ten million moves and a hundred thousand lots. The use of the last days: the span of time has to be known
-- before the ledger is looked at, or its block ranges are of no help. And when an item was last used is found by the item.
SET LOCAL ROLE yaofang_owner;

CREATE OR REPLACE FUNCTION ledger_uses(p_shop_id bigint, p_from date, p_to date)
RETURNS TABLE (item_id bigint, used_on date, quantity bigint) LANGUAGE sql STABLE AS $$
    SELECT l.item_id, (m.at AT TIME ZONE (SELECT time_zone FROM shops WHERE id = p_shop_id))::date, sum(m.quantity)::bigint
      FROM stock_moves m
      JOIN locations o ON o.shop_id = p_shop_id AND o.id = m.from_location_id AND o.internal
      JOIN locations g ON g.shop_id = p_shop_id AND g.id = m.to_location_id AND g.kind IN ('patient', 'production')
      JOIN lots l ON l.shop_id = p_shop_id AND l.id = m.lot_id
     WHERE m.shop_id = p_shop_id AND m.at >= (SELECT p_from::timestamp AT TIME ZONE time_zone FROM shops WHERE id = p_shop_id)
       AND m.at < (SELECT (p_to + 1)::timestamp AT TIME ZONE time_zone FROM shops WHERE id = p_shop_id)
     GROUP BY 1, 2
$$;
CREATE INDEX item_uses_by_item ON item_uses (shop_id, item_id, used_on);
CREATE INDEX item_uses_by_day ON item_uses (shop_id, used_on) INCLUDE (item_id, quantity);

-- A lot is looked for by its code as people type it, in whatever case.
CREATE INDEX lots_by_code ON lots (shop_id, lower(lot_code));
-- How many lots came from a supplier is counted in an index.
CREATE INDEX lots_by_supplier ON lots (shop_id, supplier_id);

-- From whom an item came last is found by the item as well.
DROP INDEX lots_by_item;
CREATE INDEX lots_by_item ON lots (shop_id, item_id, id);
