-- What became of the findings of each rule, for each role. $2, $3 = first and last day in the shop's time; $4 = one role.
SELECT e.rule_id, e.rule_origin AS origin, max(e.rule_version) AS version, (array_agg(e.severity ORDER BY e.id DESC))[1] AS severity,
       (SELECT f.effect FROM (SELECT effect FROM rules WHERE id = e.rule_id UNION ALL SELECT effect FROM general_rules WHERE id = e.rule_id
                              UNION ALL (SELECT r.effect FROM shop_rules r WHERE r.shop_id = $1 AND r.rule_id = e.rule_id
                                          ORDER BY r.proposal_id DESC LIMIT 1)) f LIMIT 1) AS effect,
       e.role, count(*) FILTER (WHERE e.what = 'shown') AS shown, count(*) FILTER (WHERE e.what = 'heeded') AS heeded,
       count(*) FILTER (WHERE e.what = 'overridden') AS overridden,
       100 * count(*) FILTER (WHERE e.what = 'overridden') / nullif(count(*) FILTER (WHERE e.what = 'shown'), 0) AS override_percent,
       (SELECT string_agg(format('%s %s', n, reason), ', ' ORDER BY n DESC, reason)
          FROM (SELECT coalesce(nullif(o.reason, ''), 'not given') AS reason, count(*) AS n
                  FROM alert_events o JOIN shops z ON z.id = o.shop_id
                 WHERE o.shop_id = $1 AND o.rule_id = e.rule_id AND o.rule_origin = e.rule_origin AND o.role = e.role AND o.what = 'overridden'
                   AND ($2::date IS NULL OR o.at >= $2::date::timestamp AT TIME ZONE z.time_zone)
                   AND ($3::date IS NULL OR o.at < ($3::date + 1)::timestamp AT TIME ZONE z.time_zone)
                 GROUP BY 1) g) AS reasons
  FROM alert_events e JOIN shops s ON s.id = e.shop_id
 WHERE e.shop_id = $1::bigint
   AND ($2::date IS NULL OR e.at >= $2::date::timestamp AT TIME ZONE s.time_zone)
   AND ($3::date IS NULL OR e.at < ($3::date + 1)::timestamp AT TIME ZONE s.time_zone)
   AND ($4::text IS NULL OR e.role = $4::text)
 GROUP BY e.rule_id, e.rule_origin, e.role
 ORDER BY overridden DESC, shown DESC, e.rule_id, e.role
