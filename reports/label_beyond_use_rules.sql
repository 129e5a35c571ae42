-- How long what is made keeps: by form, packing, herbs in it and place.
SELECT id, dosage_form, coalesce(packing, '') AS packing, coalesce(herbs, '') AS herbs, coalesce(profile_id, '') AS profile_id, days, english, source,
       verified, confidence
  FROM beyond_use_rules WHERE retired_at IS NULL
 ORDER BY dosage_form, packing NULLS FIRST, herbs NULLS FIRST, id
