-- A lot is looked for by its code in whatever case; but under row security an index on lower(lot_code) is never used: lower() might
-- tell of a row what its reader may not see, so every lot of the shop was read first. A column that holds it can be compared.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE lots ADD COLUMN lot_code_key text GENERATED ALWAYS AS (lower(lot_code)) STORED;
DROP INDEX lots_by_code;
CREATE INDEX lots_by_code ON lots (shop_id, lot_code_key);
