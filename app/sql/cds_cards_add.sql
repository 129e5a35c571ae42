-- The cards of one answer. Suggestions of a card are separated by ';'.
INSERT INTO cds_cards (shop_id, client_id, service, hook_instance, role, moment,
                       card, kind, about, severity, rule_id, rule_version, suggestions, rule_origin)
SELECT $1, $2::bigint, $3, $4::uuid, $5, $6,
       card, kind, about, severity, rule_id, rule_version, coalesce(string_to_array(nullif(suggestions, ''), ';')::uuid[], '{}'),
       rule_origin
  FROM unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[]::integer[], $13::text[],
              $14::text[])
       AS given (card, kind, about, severity, rule_id, rule_version, suggestions, rule_origin)
