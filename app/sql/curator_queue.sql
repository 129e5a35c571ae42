-- Rules overridden at least as often as the shop's setting says, having been shown at least so often within its days; what was shown
-- before the curator's last decision about a rule counts no more. $2: that rule alone, wherever it stands (NULL: those in the queue).
WITH setting AS (
    SELECT coalesce(max(override_percent), 80) AS override_percent, coalesce(max(least_shown), 20) AS least_shown,
           coalesce(max(days), 90) AS days
      FROM alert_settings WHERE shop_id = $1::bigint
), counted AS (
    SELECT e.rule_id, e.rule_origin, max(e.rule_version) AS version,
           (array_agg(e.severity ORDER BY e.id DESC))[1] AS severity, (array_agg(e.finding_kind ORDER BY e.id DESC))[1] AS kind,
           count(*) FILTER (WHERE e.what = 'shown') AS shown, count(*) FILTER (WHERE e.what = 'heeded') AS heeded,
           count(*) FILTER (WHERE e.what = 'overridden') AS overridden,
           jsonb_agg(coalesce(nullif(e.reason, ''), 'not given')) FILTER (WHERE e.what = 'overridden') AS given
      FROM alert_events e CROSS JOIN setting s
     WHERE e.shop_id = $1 AND e.at >= now() - make_interval(days => s.days) AND ($2::text IS NULL OR e.rule_id = $2)
       AND NOT EXISTS (SELECT FROM alert_decisions d
                        WHERE d.shop_id = $1 AND d.rule_id = e.rule_id AND d.rule_origin = e.rule_origin AND d.decided_at >= e.at)
     GROUP BY e.rule_id, e.rule_origin
)
SELECT c.rule_id AS rule, c.rule_origin AS origin, c.version, c.severity, c.kind,
       (SELECT f.effect FROM (SELECT effect FROM rules WHERE id = c.rule_id UNION ALL SELECT effect FROM general_rules WHERE id = c.rule_id
                              UNION ALL (SELECT r.effect FROM shop_rules r WHERE r.shop_id = $1 AND r.rule_id = c.rule_id
                                          ORDER BY r.proposal_id DESC LIMIT 1)) f LIMIT 1) AS effect,
       sides.subject_kind, sides.subject_id, sides.object_kind, sides.object_id, c.shown, c.heeded, c.overridden,
       (100 * c.overridden / nullif(c.shown, 0)) AS override_percent,
       (SELECT jsonb_object_agg(reason, n)
          FROM (SELECT reason, count(*) AS n FROM jsonb_array_elements_text(c.given) AS reason GROUP BY reason) g) AS reasons,
       last.action AS last_action, last.note AS last_note, last.decided_at AS last_decided_at
  FROM counted c
 CROSS JOIN setting s
  LEFT JOIN LATERAL (SELECT r.subject_kind, r.subject_id, r.object_kind, r.object_id FROM rules r WHERE r.id = c.rule_id
                     UNION ALL (SELECT r.subject_kind, r.subject_id, r.object_kind, r.object_id FROM shop_rules r
                                 WHERE r.shop_id = $1 AND r.rule_id = c.rule_id ORDER BY r.proposal_id DESC LIMIT 1)
                     LIMIT 1) sides ON true
  LEFT JOIN LATERAL (SELECT d.action, d.note, d.decided_at FROM alert_decisions d
                      WHERE d.shop_id = $1 AND d.rule_id = c.rule_id AND d.rule_origin = c.rule_origin
                      ORDER BY d.id DESC LIMIT 1) last ON true
 WHERE $2 IS NOT NULL OR (c.shown >= s.least_shown AND 100 * c.overridden >= s.override_percent * c.shown)
 ORDER BY override_percent DESC, c.shown DESC, c.rule_id
