-- Whose rule a CDS card spoke of: what its feedback counts in the alert budget is the shop's own rule or the reference's.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE cds_cards ADD COLUMN rule_origin text NOT NULL DEFAULT 'reference'
    CONSTRAINT cds_cards_rule_origin CHECK (rule_origin IN ('reference', 'shop'));
