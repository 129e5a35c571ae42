-- A price rule may take so much off what a thing costs by itself: members pay a tenth less.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE price_rules
    ADD COLUMN off_basis_points integer CONSTRAINT price_rules_off CHECK (off_basis_points BETWEEN 1 AND 10000),
    DROP CONSTRAINT price_rules_kind_known,
    ADD CONSTRAINT price_rules_kind_known CHECK (kind IN ('fixed', 'per_gram', 'markup', 'off')),
    DROP CONSTRAINT price_rules_says_price,
    ADD CONSTRAINT price_rules_says_price CHECK (CASE kind
        WHEN 'fixed' THEN item_id IS NOT NULL AND price_cents IS NOT NULL AND per_quantity IS NOT NULL AND markup_basis_points IS NULL
            AND off_basis_points IS NULL
        WHEN 'per_gram' THEN price_cents IS NOT NULL AND per_quantity IS NULL AND markup_basis_points IS NULL AND off_basis_points IS NULL
        WHEN 'markup' THEN markup_basis_points IS NOT NULL AND price_cents IS NULL AND per_quantity IS NULL AND off_basis_points IS NULL
        ELSE off_basis_points IS NOT NULL AND price_cents IS NULL AND per_quantity IS NULL AND markup_basis_points IS NULL END);
