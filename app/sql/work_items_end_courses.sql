-- What nobody takes or prepares any more needs no attention.
UPDATE work_items w
   SET outcome = 'course_ended', done_at = now(), note = 'the course has ended'
 WHERE w.shop_id = $1::bigint AND w.outcome IS NULL
   AND NOT EXISTS (SELECT FROM watched t WHERE t.shop_id = w.shop_id AND t.patient_id = w.patient_id
                                           AND t.prescription_id = w.prescription_id AND t.version = w.version)
