-- A line of a count is looked up by its number. Of a count just made no statistics are known, and the key of its lots, which began with
-- the count too, looked as good to the planner as the key of its numbers: every line then read the whole sheet. It begins with the lot.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE count_lines
    DROP CONSTRAINT count_lines_lot_once,
    ADD CONSTRAINT count_lines_lot_once UNIQUE (shop_id, lot_id, location_id, count_id);
