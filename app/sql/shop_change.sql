-- Changes what is given of the shop; what is NULL stays, and 'none' takes an optional text away. Comes back with what it changed,
-- for the audit trail, and with whether PostgreSQL knows the time zone: if not, nothing is changed.
WITH asked AS (
    SELECT $11::text IS NULL OR EXISTS (SELECT FROM pg_timezone_names z WHERE z.name = $11) AS zone_known
), old AS (
    SELECT s.* FROM shops s CROSS JOIN asked a WHERE s.id = $1 AND a.zone_known FOR NO KEY UPDATE OF s
), changed AS (
    UPDATE shops s
       SET name = coalesce($2, o.name), name_hanzi = nullif(coalesce($3, o.name_hanzi), 'none'),
           street = nullif(coalesce($4, o.street), 'none'), city = nullif(coalesce($5, o.city), 'none'),
           region = nullif(coalesce($6, o.region), 'none'), postal_code = nullif(coalesce($7, o.postal_code), 'none'),
           country = nullif(coalesce($8, o.country), 'none'), phone = nullif(coalesce($9, o.phone), 'none'),
           registration = nullif(coalesce($10, o.registration), 'none'), time_zone = coalesce($11, o.time_zone),
           liang = nullif(coalesce($12, o.liang), 'none'),
           second_person_above_cents = coalesce($13::bigint, o.second_person_above_cents),
           weigh_tolerance_permille = coalesce($14::integer, o.weigh_tolerance_permille),
           reservation_minutes = coalesce($15::integer, o.reservation_minutes)
      FROM old o
     WHERE s.id = o.id
    RETURNING (SELECT string_agg(n.key || ': ' || coalesce(was.value, '-') || ' -> ' || coalesce(n.value, '-'), '; ' ORDER BY n.key)
                 FROM jsonb_each_text(to_jsonb(s)) n
                 JOIN jsonb_each_text(to_jsonb(o)) was ON was.key = n.key
                WHERE n.value IS DISTINCT FROM was.value) AS what
)
SELECT a.zone_known, coalesce(c.what, '') AS what FROM asked a LEFT JOIN changed c ON true
