-- Whether the receiving shop's item is what the other shop sent: the sender's items are not the receiver's to read, so a function
-- compares and says yes or no.
SET LOCAL ROLE yaofang_owner;

CREATE FUNCTION transfer_goods_same(p_from_shop_id bigint, p_transfer_id bigint, p_line_no integer, p_item_id bigint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.item_kind = m.item_kind AND i.herb_id IS NOT DISTINCT FROM m.herb_id
           AND i.product_id IS NOT DISTINCT FROM m.product_id AND i.unit = m.unit
           AND i.ratio_numerator = m.ratio_numerator AND i.ratio_denominator = m.ratio_denominator
           AND lower(coalesce(i.preparation, '')) = lower(coalesce(m.preparation, ''))
      FROM transfer_lines t
      JOIN lots l ON l.shop_id = t.shop_id AND l.id = t.lot_id
      JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
      JOIN items m ON m.shop_id = current_shop() AND m.id = p_item_id
     WHERE t.shop_id = p_from_shop_id AND t.transfer_id = p_transfer_id AND t.line_no = p_line_no
       AND current_shop() IN (t.shop_id, t.to_shop_id)
$$;
REVOKE ALL ON FUNCTION transfer_goods_same FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transfer_goods_same TO yaofang_app;

-- A line of a transfer is named once in each booking: named twice, only one of the two would be taken off what is on its way.
ALTER TABLE transfer_ends ADD CONSTRAINT transfer_ends_line_once UNIQUE (shop_id, transfer_id, line_no, at);
