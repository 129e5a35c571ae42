-- The rules between two sides as a shop has them today: its own beside the reference's. A reference rule it set otherwise appears as
-- the shop says it, with the reference's severity beside; one it took out of use stays in sight, marked.
SET LOCAL ROLE yaofang_owner;

CREATE FUNCTION rules_in_force(p_shop_id bigint)
RETURNS TABLE (id text, own boolean, retired boolean, kind text, subject_id text, object_kind text, object_id text,
               subject_herb_id text, subject_formula_id text, object_drug_id text, object_condition_id text, object_herb_id text,
               severity text, reference_severity text, effect text, mechanism text, evidence_level text, evidence_class text,
               evidence_direction text, action text, citation text, citation_seen text, note text, confidence text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH own AS (
        SELECT p.key, p.change, p.citation, p.shop_id, p.id AS proposal_id
          FROM evidence_in_force(p_shop_id, shop_today(p_shop_id)) p
         WHERE p.kind = 'rule' AND p.change <> 'revert'
    )
    SELECT r.id, o.key IS NOT NULL, o.key IS NOT NULL, r.kind, r.subject_id, r.object_kind, r.object_id, r.subject_herb_id,
           r.subject_formula_id, r.object_drug_id, r.object_condition_id, r.object_herb_id, r.severity, r.severity, r.effect,
           r.mechanism, r.evidence_level, r.evidence_class, r.evidence_direction, r.action, r.citation, r.citation_seen, r.note,
           r.confidence
      FROM rules r
      LEFT JOIN own o ON o.key = r.id AND o.change = 'retire'
     WHERE r.retired_at IS NULL AND NOT EXISTS (SELECT FROM own s WHERE s.key = r.id AND s.change = 'set')
    UNION ALL
    SELECT o.key, true, false, s.kind, s.subject_id, s.object_kind, s.object_id, s.subject_herb_id, s.subject_formula_id,
           s.object_drug_id, s.object_condition_id, s.object_herb_id, s.severity, r.severity, s.effect, s.mechanism,
           s.evidence_level, s.evidence_class, s.evidence_direction, s.action, o.citation, '', s.note, s.confidence
      FROM own o
      JOIN shop_rules s ON s.shop_id = o.shop_id AND s.proposal_id = o.proposal_id AND s.kind <> 'general'
      LEFT JOIN rules r ON r.id = o.key AND r.retired_at IS NULL
     WHERE o.change = 'set';
END;
