-- A card that a system was given by a service, for its feedback.
SELECT card, role, moment, kind, about, severity, rule_id, coalesce(rule_version, 0) AS rule_version,
       rule_origin, array_to_string(suggestions, ';') AS suggestions
  FROM cds_cards
 WHERE shop_id = $1 AND card = $2::uuid AND service = $3 AND client_id IS NOT DISTINCT FROM $4::bigint
