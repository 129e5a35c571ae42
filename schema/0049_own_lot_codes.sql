-- The code on the label of a lot whose item has no GTIN: the shop's own, made so that no supplier's lot code looks like it. What
-- prints it and what reads it agree here.
SET LOCAL ROLE yaofang_owner;

CREATE FUNCTION lot_own_code(lot_id bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 'YAOFANG-LOT-' || lot_id;

-- The lot a code is the own code of; NULL when it is none.
CREATE FUNCTION lot_of_own_code(code text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN upper(code) ~ '^YAOFANG-LOT-[0-9]{1,18}$' THEN substr(code, 13)::bigint END;

-- A supplier's lot code must not be taken for one of them.
ALTER TABLE lots ADD CONSTRAINT lots_code_not_own CHECK (upper(lot_code) NOT LIKE 'YAOFANG-LOT-%') NOT VALID;
