-- How long what was made keeps, as rows: by the dosage form, how it is packed, the herbs in it, and where a place has rules of its own. What
-- decided is kept in words with the final check, and is printed on the record.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE beyond_use_rules (
    id slug,
    dosage_form slug NOT NULL REFERENCES dosage_forms,
    profile_id slug,  -- of label_profiles; NULL: everywhere
    packing slug,     -- as noted for the order; NULL: as usual for the form
    herbs text,       -- only with one of these herbs in it, separated by ';'; NULL: whatever is in it
    days integer NOT NULL CHECK (days BETWEEN 1 AND 3650),
    english text NOT NULL, -- the reason, in words
    storage slug,          -- the key of the phrase that says how to keep it; NULL: as the form is kept
    source text NOT NULL,
    verified verified NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);
CREATE INDEX beyond_use_rules_of_form ON beyond_use_rules (dosage_form);
GRANT SELECT ON beyond_use_rules TO yaofang_app, yaofang_read;

-- The rule for what an order makes: the place's own where it has some for the form, those of the packing that was noted where there are some,
-- and of these the shortest whose herbs are in it. What the shop decocts is a decocted liquid, whatever was prescribed.
CREATE FUNCTION beyond_use_rule(p_shop_id bigint, p_order_id bigint, p_dosage_form text, p_decocts boolean, p_profile text, p_packing text)
RETURNS TABLE (days integer, because text, storage text)
LANGUAGE sql STABLE AS $$
    SELECT r.days, r.days || ' days: ' || r.english || CASE r.verified WHEN 'draft' THEN ' (draft: to be confirmed)' ELSE '' END, r.storage::text
      FROM beyond_use_rules r
     WHERE r.dosage_form = CASE WHEN p_decocts THEN 'decocted_liquid' ELSE p_dosage_form END AND r.retired_at IS NULL
       AND r.profile_id IS NOT DISTINCT FROM (SELECT min(s.profile_id) FROM beyond_use_rules s
                                               WHERE s.dosage_form = r.dosage_form AND s.profile_id = p_profile AND s.retired_at IS NULL)
       AND r.packing IS NOT DISTINCT FROM (SELECT min(s.packing) FROM beyond_use_rules s
                                            WHERE s.dosage_form = r.dosage_form AND s.packing = p_packing AND s.retired_at IS NULL)
       AND (r.herbs IS NULL OR EXISTS (SELECT FROM order_lines n WHERE n.shop_id = p_shop_id AND n.order_id = p_order_id
                                          AND n.herb_id = ANY (string_to_array(r.herbs, ';'))))
     ORDER BY r.days LIMIT 1
$$;

-- "90 days: dry herbs, packed and kept dry", or which lot goes first.
ALTER TABLE final_checks ADD COLUMN beyond_use_because text NOT NULL DEFAULT '';

-- How an order is packed is a fact that labels know.
ALTER TABLE label_facts DROP CONSTRAINT label_facts_field_of;
ALTER TABLE label_facts ADD CONSTRAINT label_facts_field_of CHECK (CASE
    WHEN patient_id IS NOT NULL THEN field IN ('patient_address', 'patient_record_number')
    WHEN user_id IS NOT NULL THEN field IN ('prescriber_address', 'prescriber_phone', 'department')
    ELSE field IN ('strength', 'route', 'timing', 'maximum_dose', 'indication', 'diagnosis', 'repeats', 'prescription_expiry',
                   'side_effects', 'physical_description', 'spoon_measure', 'storage', 'packing') END);
