-- Events from elsewhere than a stored screening. One that is there already stays as it is: the unique key decides between two who
-- report the same at once. An id of 0 is none.
INSERT INTO alert_events (shop_id, rule_id, rule_version, rule_origin, finding_kind, severity, about, role, moment, what, occasion,
                          reason, note, source, prescription_id, order_id, user_id)
SELECT $1::bigint, rule_id, rule_version, rule_origin, finding_kind, severity::severity, about, role, moment, what, occasion,
       reason, note, source, nullif(prescription_id, 0), nullif(order_id, 0), $17::bigint
  FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
              $11::text[], $12::text[], $13::text[], $14::text[], $15::bigint[], $16::bigint[])
       AS e (rule_id, rule_version, rule_origin, finding_kind, severity, about, role, moment, what, occasion, reason, note, source,
             prescription_id, order_id)
ON CONFLICT ON CONSTRAINT alert_events_once DO NOTHING
