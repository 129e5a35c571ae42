-- A herb's monograph: what the reference says, the names it goes by, the formulas it is in, and the rules about it; names
-- and rules as the shop of who asks ($2) has them.
WITH names AS (
    SELECT s.herb_id, s.formula_id, s.synonym, p.change
      FROM evidence_in_force($2::bigint, shop_today($2::bigint)) p
      JOIN shop_synonyms s ON s.shop_id = p.shop_id AND s.proposal_id = p.id
     WHERE p.kind = 'synonym'
)
SELECT h.id, h.pinyin, h.pinyin_plain, h.hanzi, h.hanzi_traditional, h.english, h.pharmaceutical_latin,
       h.botanical_latin, h.category, h.nature, h.tastes, h.channels, h.dose_min_g, h.dose_max_g, h.toxicity, h.pregnancy,
       h.status, h.parent_id, h.notes, h.source, h.confidence,
       (SELECT row_to_json(m) FROM (SELECT actions, indications, cautions, handling, handling_note, substance, part,
                                           family, constituents, look_alikes, preparations, storage, cites, source,
                                           confidence
                                      FROM herb_monographs WHERE herb_id = h.id AND retired_at IS NULL) m) AS monograph,
       (SELECT coalesce(json_agg(json_build_object('synonym', s.synonym, 'kind', s.kind, 'note', s.note,
                                                   'ambiguous_with', s.ambiguous_with) ORDER BY s.kind, s.synonym), '[]')
          FROM (SELECT synonym, kind, note, ambiguous_with FROM herb_synonyms
                 WHERE herb_id = h.id AND retired_at IS NULL
                   AND NOT EXISTS (SELECT FROM names WHERE herb_id = h.id AND change = 'retire' AND names.synonym = herb_synonyms.synonym)
                UNION ALL SELECT synonym, 'own', '', '' FROM names WHERE herb_id = h.id AND change = 'set') s) AS synonyms,
       (SELECT coalesce(json_agg(json_build_object('id', f.id, 'pinyin', f.pinyin, 'hanzi', f.hanzi, 'english', f.english,
                                                   'role', i.role, 'grams', i.grams, 'dose_basis', i.dose_basis)
                                 ORDER BY f.pinyin_plain), '[]')
          FROM formula_items i JOIN formulas f ON f.id = i.formula_id
         WHERE i.herb_id = h.id AND i.retired_at IS NULL AND f.retired_at IS NULL) AS formulas,
       (SELECT coalesce(json_agg(json_build_object('term', x.term, 'danger', x.danger, 'rule', x.rule) ORDER BY x.term), '[]')
          FROM homonyms x
         WHERE x.retired_at IS NULL AND h.id = ANY (string_to_array(x.herb_ids, ';'))) AS homonyms,
       (SELECT coalesce(json_agg(json_build_object('id', r.id, 'own', r.own, 'retired', r.retired, 'kind', r.kind, 'subject_id', r.subject_id,
                                                   'object_kind', r.object_kind, 'object_id', r.object_id,
                                                   'object_name', coalesce(d.generic_inn, k.english, o.pinyin, r.object_id),
                                                   'severity', r.severity, 'reference_severity', r.reference_severity,
                                                   'effect', r.effect, 'mechanism', r.mechanism,
                                                   'evidence_level', r.evidence_level,
                                                   'evidence_class', r.evidence_class,
                                                   'evidence_direction', r.evidence_direction, 'action', r.action,
                                                   'citation', r.citation, 'citation_seen', r.citation_seen,
                                                   'note', r.note, 'confidence', r.confidence)
                                 ORDER BY array_position(ARRAY['contraindicated', 'major', 'moderate', 'minor'],
                                                         r.severity::text), r.id), '[]')
          FROM rules_in_force($2::bigint) r
               LEFT JOIN drugs d ON d.id = r.object_drug_id
               LEFT JOIN conditions k ON k.id = r.object_condition_id
               LEFT JOIN herbs o ON o.id = CASE WHEN r.subject_herb_id = h.id THEN r.object_herb_id ELSE r.subject_herb_id END
         WHERE r.subject_herb_id = h.id OR r.object_herb_id = h.id) AS rules
  FROM herbs h
 WHERE h.id = $1
