-- What became of the findings of each rule, for each role. $2, $3: first and last day in the shop's time; $4: one rule; $5: one role.
WITH counted AS (
    SELECT e.rule_id, e.rule_origin, e.role, max(e.rule_version) AS version,
           (array_agg(e.severity ORDER BY e.id DESC))[1] AS severity, (array_agg(e.finding_kind ORDER BY e.id DESC))[1] AS kind,
           count(*) FILTER (WHERE e.what = 'shown') AS shown, count(*) FILTER (WHERE e.what = 'heeded') AS heeded,
           count(*) FILTER (WHERE e.what = 'overridden') AS overridden
      FROM alert_events e JOIN shops s ON s.id = e.shop_id
     WHERE e.shop_id = $1::bigint
       AND ($2::date IS NULL OR e.at >= $2::date::timestamp AT TIME ZONE s.time_zone)
       AND ($3::date IS NULL OR e.at < ($3::date + 1)::timestamp AT TIME ZONE s.time_zone)
       AND ($4::text IS NULL OR e.rule_id = $4) AND ($5::text IS NULL OR e.role = $5)
     GROUP BY e.rule_id, e.rule_origin, e.role
), reasons AS (
    SELECT rule_id, rule_origin, role, jsonb_object_agg(reason, n) AS reasons
      FROM (SELECT e.rule_id, e.rule_origin, e.role, coalesce(nullif(e.reason, ''), 'not given') AS reason, count(*) AS n
              FROM alert_events e JOIN shops s ON s.id = e.shop_id
             WHERE e.shop_id = $1 AND e.what = 'overridden'
               AND ($2::date IS NULL OR e.at >= $2::date::timestamp AT TIME ZONE s.time_zone)
               AND ($3::date IS NULL OR e.at < ($3::date + 1)::timestamp AT TIME ZONE s.time_zone)
             GROUP BY 1, 2, 3, 4) r
     GROUP BY rule_id, rule_origin, role
)
SELECT c.rule_id AS rule, c.rule_origin AS origin, c.version, c.severity, c.kind,
       (SELECT f.effect FROM (SELECT effect FROM rules WHERE id = c.rule_id UNION ALL SELECT effect FROM general_rules WHERE id = c.rule_id
                              UNION ALL (SELECT r.effect FROM shop_rules r WHERE r.shop_id = $1 AND r.rule_id = c.rule_id
                                          ORDER BY r.proposal_id DESC LIMIT 1)) f LIMIT 1) AS effect,
       sides.subject_kind, sides.subject_id, sides.object_kind, sides.object_id, c.role, c.shown, c.heeded, c.overridden, (100 * c.overridden / nullif(c.shown, 0)) AS override_percent, r.reasons
  FROM counted c
  LEFT JOIN LATERAL (SELECT r.subject_kind, r.subject_id, r.object_kind, r.object_id FROM rules r WHERE r.id = c.rule_id
                     UNION ALL (SELECT r.subject_kind, r.subject_id, r.object_kind, r.object_id FROM shop_rules r
                                 WHERE r.shop_id = $1 AND r.rule_id = c.rule_id ORDER BY r.proposal_id DESC LIMIT 1)
                     LIMIT 1) sides ON true
  LEFT JOIN reasons r ON (r.rule_id, r.rule_origin, r.role) = (c.rule_id, c.rule_origin, c.role)
 ORDER BY c.overridden DESC, c.shown DESC, c.rule_id, c.role
