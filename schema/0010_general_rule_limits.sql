-- A general rule may be about one herb with all its processed forms, from a daily sum on: licorice from 2.5 g.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE general_rules
    ADD COLUMN subject_id slug REFERENCES herbs,
    ADD COLUMN limit_g numeric CHECK (limit_g > 0);
