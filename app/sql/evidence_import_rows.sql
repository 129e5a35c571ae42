-- The rows of a file that propose something, in its order.
SELECT r.line, r.part, r.cells ->> 'does' AS does, x.reason, x.citation, x.thing_kind, x.thing_id, x.synonym, x.note AS ratio_note,
       x.effective_from, x.effective_to, x.id, x.kind, x.subject_kind, x.subject_id, x.object_kind, x.object_id, x.severity, x.effect,
       coalesce(x.mechanism, '') AS mechanism, coalesce(x.evidence_level, '') AS evidence_level, x.evidence_class,
       x.evidence_direction, x.action, '' AS citation_seen, x.threshold_g, x.below_severity, x.lasting_days, x.stop_days_before,
       x.lowers_to, x.note, '' AS source, coalesce(x.confidence, 'medium') AS confidence, '' AS version, x.herb_id, x.crude_g_per_g,
       coalesce(x.low, x.crude_g_per_g) AS low, coalesce(x.high, x.crude_g_per_g) AS high
  FROM import_rows r,
       jsonb_to_record(r.cells) x (reason text, citation text, thing_kind text, thing_id text, synonym text, effective_from date,
                                   effective_to date, id text, kind text, subject_kind text, subject_id text, object_kind text,
                                   object_id text, severity text, effect text, mechanism text, evidence_level text,
                                   evidence_class text, evidence_direction text, action text, threshold_g text, below_severity text,
                                   lasting_days text, stop_days_before text, lowers_to text, note text, confidence text,
                                   herb_id text, crude_g_per_g text, low text, high text)
 WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint AND r.cells ->> 'does' <> 'same'
 ORDER BY r.line
