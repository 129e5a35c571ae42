-- A formula: its herbs in order, what the reference says, the names it goes by, and the rules about it; names
-- and rules as the shop of who asks ($2) has them.
WITH names AS (
    SELECT s.herb_id, s.formula_id, s.synonym, p.change
      FROM evidence_in_force($2::bigint, shop_today($2::bigint)) p
      JOIN shop_synonyms s ON s.shop_id = p.shop_id AND s.proposal_id = p.id
     WHERE p.kind = 'synonym'
)
SELECT f.id, f.pinyin, f.pinyin_plain, f.hanzi, f.hanzi_traditional, f.english, f.source_text, f.author_dynasty,
       f.category, f.pattern_treated, f.dose_basis, f.notes, f.source, f.confidence,
       (SELECT row_to_json(m) FROM (SELECT actions, indications, key_signs, cautions, usual_forms, decoction_directions,
                                           course_note, modern_uses, source, confidence
                                      FROM formula_monographs WHERE formula_id = f.id AND retired_at IS NULL) m)
           AS monograph,
       (SELECT coalesce(json_agg(json_build_object('seq', i.seq, 'herb_id', i.herb_id, 'pinyin', h.pinyin,
                                                   'hanzi', h.hanzi, 'english', h.english, 'grams', i.grams,
                                                   'dose_basis', i.dose_basis, 'role', i.role,
                                                   'processing', i.processing, 'item_note', i.item_note,
                                                   'exceeds_chp_max', i.exceeds_chp_max) ORDER BY i.seq), '[]')
          FROM formula_items i JOIN herbs h ON h.id = i.herb_id
         WHERE i.formula_id = f.id AND i.retired_at IS NULL) AS items,
       (SELECT coalesce(json_agg(s.synonym ORDER BY s.synonym), '[]')
          FROM (SELECT synonym FROM formula_synonyms
                 WHERE formula_id = f.id AND retired_at IS NULL
                   AND NOT EXISTS (SELECT FROM names WHERE formula_id = f.id AND change = 'retire'
                                                       AND names.synonym = formula_synonyms.synonym)
                UNION ALL SELECT synonym FROM names WHERE formula_id = f.id AND change = 'set') s) AS synonyms,
       (SELECT coalesce(json_agg(json_build_object('id', r.id, 'own', r.own, 'retired', r.retired, 'kind', r.kind, 'object_kind', r.object_kind, 'object_id', r.object_id,
                                                   'object_name', coalesce(d.generic_inn, k.english, r.object_id),
                                                   'severity', r.severity, 'reference_severity', r.reference_severity,
                                                   'effect', r.effect, 'mechanism', r.mechanism,
                                                   'evidence_level', r.evidence_level,
                                                   'action', r.action, 'citation', r.citation,
                                                   'citation_seen', r.citation_seen, 'note', r.note,
                                                   'confidence', r.confidence)
                                 ORDER BY array_position(ARRAY['contraindicated', 'major', 'moderate', 'minor'],
                                                         r.severity::text), r.id), '[]')
          FROM rules_in_force($2::bigint) r
               LEFT JOIN drugs d ON d.id = r.object_drug_id
               LEFT JOIN conditions k ON k.id = r.object_condition_id
         WHERE r.subject_formula_id = f.id) AS rules
  FROM formulas f
 WHERE f.id = $1
