-- Of a screening of a prescription written elsewhere, those of the findings $3 that its prescriber was not asked about, or does not want as
-- written. None when it was written here.
SELECT f.finding_no::bigint AS finding_no, p.intake_id
  FROM screenings s
  JOIN prescriptions p ON p.shop_id = s.shop_id AND p.id = s.prescription_id AND p.intake_id IS NOT NULL
  JOIN findings f ON f.shop_id = s.shop_id AND f.screening_id = s.id AND f.critical_no IS NOT NULL
 WHERE s.shop_id = $1 AND s.id = $2 AND f.finding_no = ANY ($3::bigint[])
   AND NOT EXISTS (SELECT FROM findings_asked a WHERE a.shop_id = f.shop_id AND a.screening_id = f.screening_id
                      AND a.critical_no = f.critical_no)
 ORDER BY f.finding_no
