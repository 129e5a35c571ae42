-- Proposals with their people, fate and what they change, the newest first. $2: one of them; $3: proposed, approved, rejected or
-- withdrawn; $4, $5: of one kind and key (its history); $6: at most so many; $7: with an id below that.
SELECT h.id, h.kind, h.key, h.version, h.change, h.verdict AS state,
       EXISTS (SELECT FROM evidence_in_force($1::bigint, shop_today($1)) f WHERE f.id = h.id) AS in_force,
       h.reason, h.citation, h.effective_from, h.effective_to, h.reference_version,
       h.reference_version IS NOT NULL AND h.reference_version IS DISTINCT FROM
           CASE h.kind WHEN 'ratio' THEN (SELECT version FROM granule_ratios WHERE herb_id = h.key)
                       ELSE coalesce((SELECT version FROM rules WHERE id = h.key),
                                     (SELECT version FROM general_rules WHERE id = h.key)) END AS reference_changed,
       h.author, h.author_id, h.written_at, h.decider AS decided_by, h.decided_at, h.decision_note AS note, h.changes,
       (SELECT string_agg(format('%s: %s -> %s', e ->> 'field', coalesce(left(e ->> 'from', 80), 'nothing'), coalesce(left(e ->> 'to', 80), 'nothing')), '; ')
          FROM jsonb_array_elements(h.changes) e) AS summary
  FROM evidence_history h
 WHERE h.shop_id = $1
   AND ($2::bigint IS NULL OR h.id = $2)
   AND ($3::text IS NULL OR h.verdict = $3)
   AND ($4::text IS NULL OR h.kind = $4)
   AND ($5::text IS NULL OR h.key = $5)
   AND ($7::bigint IS NULL OR h.id < $7)
 ORDER BY h.id DESC
 LIMIT least(coalesce($6::bigint, 100), 1000)
