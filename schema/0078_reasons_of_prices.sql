-- How a frozen line came to its price is kept as a word and the rule it names, beside the English sentence (price_note), so that a page
-- says it in the reader's language. Lines of quotes of before have the sentence only.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE quote_lines
    ADD price_reason text,
    ADD price_rule_id bigint, -- that priced all of it
    ADD CONSTRAINT quote_lines_price_rule FOREIGN KEY (shop_id, price_rule_id) REFERENCES price_rules;
