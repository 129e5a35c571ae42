-- The findings of a screening, the gravest first. A critical number 0 and a daily weight 0 are none.
INSERT INTO findings (shop_id, screening_id, finding_no, screening_critical_count, kind, severity, critical_no, rule_id,
                      rule_version, subject_id, subject_name, subject_typed, object_id, object_name, object_typed, via, daily_mg,
                      effect, mechanism, evidence, action, citation, detail)
SELECT $1::bigint, $2::bigint, f.no, $3::integer, f.kind, f.severity::severity, nullif(f.critical_no, 0), f.rule_id, f.rule_version,
       f.subject_id, f.subject_name, f.subject_typed, f.object_id, f.object_name, f.object_typed, f.via, nullif(f.daily_mg, 0),
       f.effect, f.mechanism, f.evidence, f.action, f.citation, f.detail
  FROM unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[],
              $13::text[], $14::text[], $15::text[], $16::bigint[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[],
              $22::text[])
       WITH ORDINALITY AS f (kind, severity, critical_no, rule_id, rule_version, subject_id, subject_name, subject_typed,
                             object_id, object_name, object_typed, via, daily_mg, effect, mechanism, evidence, action, citation, detail,
                             no)
