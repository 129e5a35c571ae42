-- The findings of screenings, the gravest first in each: parallel lists. A critical number 0 and a daily weight 0 are none.
INSERT INTO findings (shop_id, screening_id, screening_critical_count, finding_no, finding_key, kind, severity, critical_no, rule_id,
                      rule_version, subject_id, subject_name, subject_typed, object_id, object_name, object_typed, via, daily_mg,
                      effect, mechanism, evidence, action, citation, detail, rule_origin)
SELECT $1::bigint, f.screening_id, f.critical_count, f.finding_no, f.finding_key, f.kind, f.severity::severity,
       nullif(f.critical_no, 0), f.rule_id, f.rule_version, f.subject_id, f.subject_name, f.subject_typed, f.object_id,
       f.object_name, f.object_typed, f.via, nullif(f.daily_mg, 0), f.effect, f.mechanism, f.evidence, f.action, f.citation,
       f.detail, f.rule_origin
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::bigint[],
              $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::bigint[], $19::text[],
              $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[])
       AS f (screening_id, critical_count, finding_no, finding_key, kind, severity, critical_no, rule_id, rule_version, subject_id,
             subject_name, subject_typed, object_id, object_name, object_typed, via, daily_mg, effect, mechanism, evidence, action,
             citation, detail, rule_origin)
