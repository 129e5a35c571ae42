-- The rules of a profile ($2) for a document ($3) that are in force on a day ($4; NULL: today in the shop).
SELECT r.field, f.english, r.requirement, r.condition, r.condition_code, r.clause, r.language_rule, r.language_code, r.verified,
       r.in_force_basis, coalesce(r.min_type_size_pt, 0) AS min_type_size_pt, r.in_force_from
  FROM label_profiles r JOIN label_fields f ON f.id = r.field
 WHERE r.profile_id = $2::text AND r.document = $3::text AND r.retired_at IS NULL
   AND coalesce(r.in_force_from, '-infinity') <= coalesce($4::date, shop_today($1::bigint))
 ORDER BY array_position(ARRAY['required', 'conditional', 'recommended'], r.requirement), f."group", r.field
