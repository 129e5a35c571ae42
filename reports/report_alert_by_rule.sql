-- What became of the findings of each rule, all roles together (or $4), the most often overridden first. $2, $3 = first and last day.
SELECT e.rule_id, e.rule_origin AS origin, (array_agg(e.severity ORDER BY e.id DESC))[1] AS severity,
       count(*) FILTER (WHERE e.what = 'shown') AS shown, count(*) FILTER (WHERE e.what = 'heeded') AS heeded,
       count(*) FILTER (WHERE e.what = 'overridden') AS overridden,
       100 * count(*) FILTER (WHERE e.what = 'overridden') / nullif(count(*) FILTER (WHERE e.what = 'shown'), 0) AS override_percent
  FROM alert_events e JOIN shops s ON s.id = e.shop_id
 WHERE e.shop_id = $1::bigint
   AND ($2::date IS NULL OR e.at >= $2::date::timestamp AT TIME ZONE s.time_zone)
   AND ($3::date IS NULL OR e.at < ($3::date + 1)::timestamp AT TIME ZONE s.time_zone)
   AND ($4::text IS NULL OR e.role = $4::text)
 GROUP BY e.rule_id, e.rule_origin
 ORDER BY override_percent DESC NULLS LAST, shown DESC, e.rule_id
