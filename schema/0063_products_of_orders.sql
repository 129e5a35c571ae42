-- Ready-made products that go along with an order are lines of it: counted in pieces, set aside, looked at, put in, checked and booked
-- like any other line, so that no order leaves without them. Such a line is of no one herb.
SET LOCAL ROLE yaofang_owner;

-- Crude herb in one piece of a ready-made product, as its maker states; NULL: not stated, and the pharmacist says how many pieces.
ALTER TABLE items
    ADD COLUMN content_mg bigint CONSTRAINT items_content CHECK (content_mg BETWEEN 1 AND 100000000000),
    ADD CONSTRAINT items_content_of_product CHECK (content_mg IS NULL OR item_kind = 'product');

GRANT UPDATE (content_mg) ON items TO yaofang_app;

ALTER TABLE order_lines ALTER COLUMN herb_id DROP NOT NULL;

-- What a line is called: its herb, or the product.
CREATE VIEW order_line_names WITH (security_invoker = true) AS
SELECT n.shop_id, n.order_id, n.line_no, n.item_id, n.herb_id, n.crude_mg, n.quantity, coalesce(h.pinyin, i.name) AS pinyin,
       coalesce(h.hanzi, i.name_hanzi, '') AS hanzi, coalesce(h.english, i.name) AS english,
       coalesce(h.pinyin || ' ' || h.hanzi, i.name) AS herb, i.unit, i.item_kind
  FROM order_lines n
  JOIN items i ON i.shop_id = n.shop_id AND i.id = n.item_id
  LEFT JOIN herbs h ON h.id = n.herb_id;
GRANT SELECT ON order_line_names TO yaofang_app, yaofang_read;

-- What of an order is weighed, products that are counted left out.
CREATE FUNCTION order_weighed(p_shop_id bigint, p_order_id bigint, p_allocation_no integer) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT sum(w.weighed)::bigint
      FROM weighings w
      JOIN order_lines n ON n.shop_id = w.shop_id AND n.order_id = w.order_id AND n.line_no = w.line_no AND n.herb_id IS NOT NULL
     WHERE w.shop_id = p_shop_id AND w.order_id = p_order_id AND w.allocation_no = p_allocation_no;
END;
