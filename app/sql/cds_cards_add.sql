-- The cards of one answer. Suggestions of a card are separated by ';'.
INSERT INTO cds_cards (shop_id, client_id, service, hook_instance, role,
                       card, kind, severity, rule_id, rule_version, suggestions)
SELECT $1, $2::bigint, $3, $4::uuid, $5,
       card, kind, severity, rule_id, rule_version, coalesce(string_to_array(nullif(suggestions, ''), ';')::uuid[], '{}')
  FROM unnest($6::uuid[], $7::text[], $8::text[], $9::text[], $10::bigint[]::integer[], $11::text[])
       AS given (card, kind, severity, rule_id, rule_version, suggestions)
