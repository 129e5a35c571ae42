-- A shop with :n active prescriptions, as they come in practice: each of a classic formula of 8 to 12 herbs, 2.5 for a patient on
-- average, all but one in fifty handed over; a third of the patients take medicines. Run by psql as the superuser, who may leave the foreign
-- keys unchecked: what bench_rescreen needs of an order is that it was handed over.
\set ON_ERROR_STOP on
\timing off
SET session_replication_role = replica;
SET client_min_messages = warning;
SELECT id AS shop FROM shops ORDER BY id LIMIT 1 \gset
SELECT id AS doctor FROM users WHERE username = 'dr.wu' \gset
SELECT setseed(0.5) \g /dev/null

INSERT INTO patients (shop_id, code, family_name, sex, born_on, medicines_asked_at, created_by)
SELECT :shop, 'B-' || i, 'Bench', CASE WHEN i % 2 = 0 THEN 'female' ELSE 'male' END, date '1935-01-01' + (i::bigint * 7919 % 29000)::integer,
       CASE WHEN i % 20 > 0 THEN now() END, :doctor
  FROM generate_series(1, :n * 2 / 5) i;
CREATE TEMPORARY TABLE people AS SELECT id, row_number() OVER (ORDER BY id) AS no FROM patients WHERE code LIKE 'B-%';

WITH common AS (
    SELECT array_agg(id ORDER BY id) AS ids
      FROM drugs WHERE id IN ('warfarin', 'clopidogrel', 'apixaban', 'metformin', 'atorvastatin', 'lisinopril', 'amlodipine',
                              'metoprolol', 'omeprazole', 'levothyroxine', 'simvastatin', 'losartan', 'hydrochlorothiazide',
                              'sertraline', 'furosemide', 'digoxin', 'prednisolone', 'insulin', 'ibuprofen', 'acetylsalicylic_acid')
)
INSERT INTO patient_medicines (shop_id, patient_id, typed, drug_id, noted_at)
SELECT :shop, p.id, d.id, d.id, now() - interval '30 days'
  FROM people p CROSS JOIN common CROSS JOIN LATERAL generate_series(1, 1 + p.no % 4) n
  JOIN drugs d ON d.id = common.ids[1 + (p.no * 31 + n * 7) % cardinality(common.ids)]
 WHERE p.no % 3 = 0;
INSERT INTO patient_conditions (shop_id, patient_id, typed, condition_id, noted_at)
SELECT :shop, p.id, c.english, c.id, now() - interval '30 days'
  FROM people p JOIN conditions c ON c.id = (ARRAY['hypertension', 'pregnancy', 'diabetes', 'kidney_disease'])[1 + p.no % 4]
 WHERE p.no % 5 = 0;
INSERT INTO patient_allergies (shop_id, patient_id, typed, allergen_kind, herb_id, noted_at)
SELECT :shop, p.id, 'Dang Gui', 'herb', 'dang_gui', now() - interval '30 days' FROM people p WHERE p.no % 25 = 0;

CREATE TEMPORARY TABLE recipes AS
SELECT formula_id, row_number() OVER (ORDER BY formula_id) - 1 AS no, count(*) OVER () AS of_them
  FROM formula_items WHERE retired_at IS NULL AND dose_basis = 'decoction_daily'
 GROUP BY formula_id HAVING count(*) BETWEEN 8 AND 12 AND count(*) = count(DISTINCT herb_id);

INSERT INTO prescriptions (shop_id, patient_id, created_by)
SELECT :shop, p.id, :doctor
  FROM people p CROSS JOIN LATERAL generate_series(1, CASE WHEN p.no % 2 = 0 THEN 2 ELSE 3 END) n;
CREATE TEMPORARY TABLE made AS
SELECT r.id, r.patient_id, row_number() OVER (ORDER BY r.id) AS no, f.formula_id
  FROM prescriptions r JOIN people p ON p.id = r.patient_id
  JOIN recipes f ON f.no = (r.id * 37) % f.of_them;
INSERT INTO prescription_versions (shop_id, prescription_id, version, dosage_form, merge_rule, dose_mode, days, doses_per_day, packets,
                                   total_mg, created_by)
SELECT :shop, id, 1, 'raw_decoction', 'highest', 'per_day', 14, 2, 14, 1000000, :doctor FROM made;
INSERT INTO prescription_formulas (shop_id, prescription_id, version, seq, formula_id)
SELECT :shop, id, 1, 1, formula_id FROM made;
INSERT INTO prescription_items (shop_id, prescription_id, version, line_no, herb_id, role, daily_mg, total_mg, via)
SELECT :shop, m.id, 1, i.seq, i.herb_id, i.role, greatest(i.grams, 1) * 1000, greatest(i.grams, 1) * 14000, m.formula_id
  FROM made m JOIN formula_items i ON i.formula_id = m.formula_id AND i.retired_at IS NULL
 ORDER BY m.id, i.seq;
INSERT INTO screenings (shop_id, prescription_id, version, patient_id, profile_version, knowledge_version, critical_count, made_by,
                        made_at, finding_keys, recipe)
SELECT :shop, m.id, 1, m.patient_id, 1, 'bench', 0, :doctor, now() - interval '2 days', '{}', r.herbs || '|' || m.formula_id
  FROM made m
  JOIN (SELECT formula_id, string_agg(herb_id || ':' || (greatest(grams, 1) * 1000)::bigint, ';' ORDER BY seq) AS herbs
          FROM formula_items WHERE retired_at IS NULL GROUP BY formula_id) r ON r.formula_id = m.formula_id
 ORDER BY m.id;
INSERT INTO signatures (shop_id, prescription_id, version, screening_id, critical_count, signed_by, signed_at)
SELECT :shop, s.prescription_id, 1, s.id, 0, :doctor, now() - interval '2 days'
  FROM screenings s WHERE s.knowledge_version = 'bench' ORDER BY s.id;
INSERT INTO supplies (shop_id, prescription_id, version, supply_no, packets, refills, interval_days, packets_ordered, opened_on)
SELECT :shop, id, 1, 0, 14, 0, 0, 14, current_date - 2 FROM made ORDER BY id;
INSERT INTO orders (shop_id, prescription_id, version, patient_id, supply_no, packets, state, allocation_no, created_by)
SELECT :shop, id, 1, patient_id, 0, 14, CASE WHEN no % 50 = 0 THEN 'entered' ELSE 'handed_over' END,
       CASE WHEN no % 50 = 0 THEN NULL ELSE 1 END, :doctor FROM made ORDER BY id;
INSERT INTO handovers (shop_id, order_id, prescription_id, version, screening_id, critical_count, handed_by, received_by, counselled,
                       handed_over_at)
SELECT :shop, o.id, o.prescription_id, 1, s.id, 0, :doctor, 'the patient', true, now() - interval '1 day'
  FROM orders o JOIN screenings s ON s.shop_id = o.shop_id AND s.prescription_id = o.prescription_id
 WHERE o.state = 'handed_over' AND s.knowledge_version = 'bench' ORDER BY o.id;
VACUUM ANALYZE;
