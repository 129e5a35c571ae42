-- A formula may be scaled ("Bu Zhong Yi Qi Tang, 60 g a day"; a pill formula whose source gives a batch only): what to, so that
-- "differs from the classic by" can be worked out again.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE prescription_formulas ADD COLUMN scaled_mg bigint -- a day's; parts in dose mode "parts"; NULL: as the classic
    CONSTRAINT prescription_formulas_scaled CHECK (scaled_mg BETWEEN 1 AND 100000000000);
