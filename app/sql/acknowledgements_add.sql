-- A pharmacist has read the answers that nobody had read before.
INSERT INTO acknowledgements (shop_id, screening_id, answer_no, acknowledged_by)
SELECT a.shop_id, a.screening_id, a.answer_no, $3::bigint
  FROM answers a
 WHERE a.shop_id = $1::bigint AND a.screening_id = $2::bigint
   AND NOT EXISTS (SELECT FROM acknowledgements k
                    WHERE k.shop_id = a.shop_id AND k.screening_id = a.screening_id AND k.answer_no = a.answer_no)
 ORDER BY a.answer_no
