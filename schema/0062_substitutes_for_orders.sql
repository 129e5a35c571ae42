-- A proposal may be about an order that is short: it was worked out for that order's part and days.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE substitutions
    ADD COLUMN order_id bigint,
    ADD CONSTRAINT substitutions_order FOREIGN KEY (shop_id, order_id, prescription_id, version)
        REFERENCES orders (shop_id, id, prescription_id, version);
