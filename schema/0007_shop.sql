-- Promo codes, and the shop's own evidence rules with their two people.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE promo_codes (
    shop_id bigint NOT NULL REFERENCES shops,
    code text NOT NULL CONSTRAINT promo_codes_code_form CHECK (code = upper(code) AND length(code) BETWEEN 1 AND 40),
    description text NOT NULL DEFAULT '',
    kind text NOT NULL CONSTRAINT promo_codes_kind_known CHECK (kind IN ('percent', 'amount')),
    percent_basis_points integer CONSTRAINT promo_codes_percent CHECK (percent_basis_points BETWEEN 1 AND 10000),
    amount_cents bigint CONSTRAINT promo_codes_amount CHECK (amount_cents > 0),
    valid_from date,
    valid_until date CONSTRAINT promo_codes_valid_until CHECK (valid_until >= valid_from),
    minimum_cents bigint NOT NULL DEFAULT 0 CONSTRAINT promo_codes_minimum CHECK (minimum_cents >= 0),
    include text NOT NULL DEFAULT '',
    exclude text NOT NULL DEFAULT '',
    max_uses integer CONSTRAINT promo_codes_max_uses CHECK (max_uses > 0),
    max_uses_per_customer integer CONSTRAINT promo_codes_max_uses_per_customer CHECK (max_uses_per_customer > 0),
    stackable boolean NOT NULL DEFAULT false,
    allow_below_cost boolean NOT NULL DEFAULT false,
    allow_restricted boolean NOT NULL DEFAULT false,
    demo boolean NOT NULL DEFAULT false,
    PRIMARY KEY (shop_id, code),
    CONSTRAINT promo_codes_kind_value CHECK ((kind = 'percent') = (percent_basis_points IS NOT NULL)
                                             AND (kind = 'amount') = (amount_cents IS NOT NULL))
);

-- A shop's own rules beside the reference ones, in versions; none is in force before a second person approved it (law 8).
CREATE TABLE shop_rules (
    shop_id bigint NOT NULL REFERENCES shops,
    id slug NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    kind text NOT NULL CHECK (kind IN ('herb_drug', 'formula_drug', 'herb_herb', 'herb_condition', 'procedure')),
    subject_kind text NOT NULL CHECK (subject_kind IN ('herb', 'formula', 'procedure')),
    subject_id slug NOT NULL,
    object_kind text NOT NULL CHECK (object_kind IN ('drug', 'drug_class', 'condition', 'herb')),
    object_id slug NOT NULL,
    severity severity NOT NULL,
    effect text NOT NULL,
    mechanism text NOT NULL DEFAULT '',
    evidence_level text NOT NULL DEFAULT '',
    action text NOT NULL,
    citation text NOT NULL DEFAULT '',
    effective_from date NOT NULL,
    effective_to date CONSTRAINT shop_rules_effective CHECK (effective_to >= effective_from),
    author_id bigint NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id, version),
    CONSTRAINT shop_rules_author_once UNIQUE (shop_id, id, version, author_id),
    CONSTRAINT shop_rules_author FOREIGN KEY (shop_id, author_id) REFERENCES users
);
CREATE TABLE shop_rule_approvals (
    shop_id bigint NOT NULL,
    id slug NOT NULL,
    version integer NOT NULL,
    author_id bigint NOT NULL,
    approver_id bigint NOT NULL,
    approved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id, version),
    CONSTRAINT shop_rule_approvals_two_people CHECK (approver_id <> author_id),
    CONSTRAINT shop_rule_approvals_rule FOREIGN KEY (shop_id, id, version, author_id)
        REFERENCES shop_rules (shop_id, id, version, author_id),
    CONSTRAINT shop_rule_approvals_approver FOREIGN KEY (shop_id, approver_id) REFERENCES users
);
