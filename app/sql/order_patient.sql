-- Whose a prescription is that has a signed version.
SELECT p.patient_id AS id FROM prescriptions p
 WHERE p.shop_id = $1 AND p.id = $2
   AND EXISTS (SELECT FROM signatures g WHERE g.shop_id = p.shop_id AND g.prescription_id = p.id)
