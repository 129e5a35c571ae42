-- Orders that nobody has paid or vouched for yet, as the counter wants them: those ready to be handed over first, then those still on
-- their way, then those that went out unpaid (looked for among the last thousand); of one patient ($2), or all.
SELECT o.id, o.state, o.payment, o.patient_id, p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name,
       v.dosage_form, o.packets, o.created_at, o.stopped_state IS NOT NULL AND o.stopped_state = o.state AS stopped
  FROM unnest(ARRAY['checked', 'weighed', 'released', 'allocated', 'short', 'entered', 'handed_over']) WITH ORDINALITY g (state, place)
 CROSS JOIN LATERAL (
        SELECT * FROM (SELECT * FROM orders z
                        WHERE z.shop_id = $1 AND z.state = g.state AND ($2::bigint IS NULL OR z.patient_id = $2::bigint)
                        ORDER BY z.id DESC LIMIT 1000) n
         WHERE n.payment = 'unpaid' LIMIT 100) o
  JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
  JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
 ORDER BY g.place, o.id DESC
