-- How loudly findings are shown to a role ($2) at a moment ($3).
SELECT s.severity, tier_for($1::bigint, $2::text, $3::text, s.severity) AS tier
  FROM unnest('{contraindicated,major,moderate,minor}'::text[]) AS s (severity)
