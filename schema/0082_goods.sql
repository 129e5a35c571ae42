-- Goods: what a shop sells beside its herbs and products, a mug, a book, a moxa burner. No reference knows them, so they are never
-- screened; therefore the database keeps them out of everything a patient takes: what is prescribed, proposed instead, put into an order
-- or made ahead refers to an item together with the word that it is no goods.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE items
    DROP CONSTRAINT items_kind_known,
    DROP CONSTRAINT items_is_herb_or_product,
    ADD CONSTRAINT items_kind_known CHECK (item_kind IN ('raw', 'granule', 'powder', 'product', 'goods')),
    ADD CONSTRAINT items_is_what_its_kind_says CHECK (
        CASE item_kind WHEN 'goods' THEN herb_id IS NULL AND product_id IS NULL AND unit = 'each' AND preparation IS NULL
                                         AND ratio_numerator = ratio_denominator
                       WHEN 'product' THEN product_id IS NOT NULL AND herb_id IS NULL
                       ELSE herb_id IS NOT NULL AND product_id IS NULL AND unit = 'mg' END),
    -- Whether it may be part of what is taken.
    ADD COLUMN medicinal boolean NOT NULL GENERATED ALWAYS AS (item_kind <> 'goods') STORED,
    ADD CONSTRAINT items_medicinal_once UNIQUE (shop_id, id, medicinal);

ALTER TABLE price_rules
    DROP CONSTRAINT price_rules_item_kind,
    ADD CONSTRAINT price_rules_item_kind CHECK (item_kind IN ('raw', 'granule', 'powder', 'product', 'goods'));

ALTER TABLE order_lines
    ADD COLUMN medicinal boolean NOT NULL GENERATED ALWAYS AS (true) STORED,
    DROP CONSTRAINT order_lines_item,
    ADD CONSTRAINT order_lines_item FOREIGN KEY (shop_id, item_id, medicinal) REFERENCES items (shop_id, id, medicinal);
ALTER TABLE prescription_items
    ADD COLUMN medicinal boolean NOT NULL GENERATED ALWAYS AS (true) STORED,
    DROP CONSTRAINT prescription_items_filled,
    ADD CONSTRAINT prescription_items_filled FOREIGN KEY (shop_id, filled_item_id, medicinal)
        REFERENCES items (shop_id, id, medicinal);
ALTER TABLE substitution_lines
    ADD COLUMN medicinal boolean NOT NULL GENERATED ALWAYS AS (true) STORED,
    DROP CONSTRAINT substitution_lines_item,
    ADD CONSTRAINT substitution_lines_item FOREIGN KEY (shop_id, filled_item_id, medicinal)
        REFERENCES items (shop_id, id, medicinal);
ALTER TABLE batches
    ADD COLUMN medicinal boolean NOT NULL GENERATED ALWAYS AS (true) STORED,
    DROP CONSTRAINT batches_item,
    ADD CONSTRAINT batches_item FOREIGN KEY (shop_id, item_id, medicinal) REFERENCES items (shop_id, id, medicinal);
ALTER TABLE batch_lines
    ADD COLUMN medicinal boolean NOT NULL GENERATED ALWAYS AS (true) STORED,
    DROP CONSTRAINT batch_lines_item,
    ADD CONSTRAINT batch_lines_item FOREIGN KEY (shop_id, item_id, medicinal) REFERENCES items (shop_id, id, medicinal);

-- Herb, product, unit and ratio make two shops' items one; goods have only what they are called by: the number in the bar code where both
-- shops know it, else the name.
CREATE OR REPLACE FUNCTION transfer_goods_same(p_from_shop_id bigint, p_transfer_id bigint, p_line_no integer, p_item_id bigint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.item_kind = m.item_kind AND i.herb_id IS NOT DISTINCT FROM m.herb_id
           AND i.product_id IS NOT DISTINCT FROM m.product_id AND i.unit = m.unit
           AND i.ratio_numerator = m.ratio_numerator AND i.ratio_denominator = m.ratio_denominator
           AND lower(coalesce(i.preparation, '')) = lower(coalesce(m.preparation, ''))
           AND (i.item_kind <> 'goods'
                OR coalesce(i.gtin = m.gtin, lower(i.name) = lower(m.name) OR coalesce(i.name_hanzi = m.name_hanzi, false)))
      FROM transfer_lines t
      JOIN lots l ON l.shop_id = t.shop_id AND l.id = t.lot_id
      JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
      JOIN items m ON m.shop_id = current_shop() AND m.id = p_item_id
     WHERE t.shop_id = p_from_shop_id AND t.transfer_id = p_transfer_id AND t.line_no = p_line_no
       AND current_shop() IN (t.shop_id, t.to_shop_id)
$$;
