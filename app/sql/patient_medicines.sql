-- What a patient takes now, and what she stopped so lately that it may still act (no effect on file lasts longer than 400 days):
-- then stopped_on is the last day she took it.
SELECT m.id, m.typed, m.drug_id AS ref_id, '' AS kind, m.directions AS note, m.indication, m.started_on AS since, m.noted_at,
       (m.noted_at AT TIME ZONE s.time_zone)::date AS noted_on,
       CASE WHEN m.stopped_at IS NOT NULL
            THEN coalesce(m.last_taken_on, (m.stopped_at AT TIME ZONE s.time_zone)::date) END AS stopped_on
  FROM shops s
  JOIN patient_medicines m ON m.shop_id = s.id AND m.patient_id = $2::bigint
 WHERE s.id = $1::bigint AND (m.stopped_at IS NULL OR m.stopped_at > now() - interval '400 days')
 ORDER BY m.stopped_at IS NOT NULL, m.id
