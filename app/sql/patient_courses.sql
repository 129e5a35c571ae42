-- What a patient takes or took in the last hundred days of other prescriptions than $3: their herbs ("dang_gui:9000:Dāng Guī;…", a
-- day) in order.
SELECT c.prescription_id, c.version, c.first_on, c.last_on,
       (SELECT string_agg(i.herb_id || ':' || i.daily_mg || ':' || h.pinyin, ';' ORDER BY i.line_no)
          FROM prescription_items i JOIN herbs h ON h.id = i.herb_id
         WHERE i.shop_id = $1::bigint AND i.prescription_id = c.prescription_id AND i.version = c.version) AS herbs
  FROM courses c
 WHERE c.shop_id = $1::bigint AND c.patient_id = $2::bigint AND c.prescription_id <> $3::bigint
   AND c.last_on >= c.today - 100
 ORDER BY c.prescription_id, c.version
