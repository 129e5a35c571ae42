-- Formula $3 as a page, line by line as for the herbs (report_monographs_page). $2, the formulas asked for, plays no part here.
WITH f AS (
    SELECT * FROM formulas WHERE id = $3::text AND $1::bigint IS NOT NULL AND $2::text IS NOT NULL
), m AS (
    SELECT * FROM formula_monographs WHERE formula_id = $3::text AND retired_at IS NULL
), ruled AS (
    SELECT r.severity, r.effect, r.action, r.citation, r.id,
           coalesce(d.generic_inn, k.english || coalesce(' ' || k.hanzi, ''), b.pinyin || ' ' || b.hanzi, 'every ' || replace(r.object_id, '_', ' ')) AS object
      FROM rules r
      LEFT JOIN drugs d ON d.id = r.object_drug_id
      LEFT JOIN conditions k ON k.id = r.object_condition_id
      LEFT JOIN herbs b ON b.id = r.object_herb_id
     WHERE r.retired_at IS NULL AND r.subject_formula_id = $3::text
)
SELECT l.what, l.tone, l.a, l.b, l.c, l.d
  FROM (SELECT 1 AS part, 0 AS at, 'title' AS what, NULL AS tone, f.pinyin || '  ' || concat_ws('  ', f.hanzi, nullif(f.hanzi_traditional, f.hanzi)) AS a,
               NULL AS b, NULL AS c, NULL AS d FROM f
        UNION ALL
        SELECT 1, 1, 'subtitle', NULL, f.english, NULL, NULL, NULL FROM f
        UNION ALL
        SELECT 2, x.at, x.what, NULL, x.a, x.b, NULL, NULL FROM f
         CROSS JOIN LATERAL (VALUES
               (0, 'section', 'The formula 方剂', ''),
               (1, 'fact', 'Classic 出处', concat_ws(', ', f.source_text, f.author_dynasty)), (2, 'fact', 'Category 类别', replace(f.category, '-', ' ')),
               (3, 'fact', 'Pattern 主证', f.pattern_treated), (4, 'fact', 'Other names 别名',
                (SELECT string_agg(s.synonym, '; ' ORDER BY s.synonym) FROM formula_synonyms s WHERE s.formula_id = f.id AND s.retired_at IS NULL)),
               (10, 'section', 'Composition 组成', '')) x (at, what, a, b)
        UNION ALL
        SELECT 2, 11, 'head', NULL, 'Role 君臣佐使', 'Herb 药', 'Dose 用量', 'Preparation 炮制'
        UNION ALL
        SELECT 3, i.seq, 'row', NULL, i.role, h.pinyin || ' ' || h.hanzi, coalesce(trim_scale(i.grams) || ' g', '–'),
               concat_ws('; ', i.processing, i.item_note)
          FROM formula_items i JOIN herbs h ON h.id = i.herb_id
         WHERE i.formula_id = $3::text AND i.retired_at IS NULL
        UNION ALL
        SELECT 4, x.at, x.what, NULL, x.a, x.b, NULL, NULL FROM f LEFT JOIN m ON true
         CROSS JOIN LATERAL (VALUES
               (0, 'fact', 'Doses are', replace(f.dose_basis, '_', ' ')),
               (10, 'section', 'Use 功效主治', ''),
               (11, 'fact', 'Actions 功效', replace(m.actions, ';', '; ')), (12, 'fact', 'Indications 主治', replace(m.indications, ';', '; ')),
               (13, 'fact', 'Key signs 辨证要点', m.key_signs), (14, 'fact', 'Forms 剂型', replace(m.usual_forms, ';', ', ')),
               (15, 'fact', 'Decoction 煎法', m.decoction_directions), (16, 'fact', 'Course 疗程', m.course_note),
               (17, 'fact', 'Used today 现代应用', replace(m.modern_uses, ';', '; ')),
               (20, 'section', 'Safety 安全', ''), (21, 'fact', 'Cautions 注意', replace(m.cautions, ';', E'\n')), (22, 'fact', 'Notes 备注', f.notes)) x (at, what, a, b)
        UNION ALL
        SELECT 5, 0, 'section', NULL, 'Rules of the reference 配伍禁忌', NULL, NULL, NULL WHERE EXISTS (SELECT FROM ruled)
        UNION ALL
        SELECT 5, 1, 'head', NULL, 'Severity 轻重', 'With 对象', 'Effect and what to do 影响与处理', 'Citation 出处' WHERE EXISTS (SELECT FROM ruled)
        UNION ALL
        SELECT 5, 1 + row_number() OVER (ORDER BY array_position('{contraindicated,major,moderate,minor}', r.severity::text), r.object, r.id)::integer,
               'row', CASE r.severity WHEN 'contraindicated' THEN 'bad' WHEN 'major' THEN 'warn' WHEN 'moderate' THEN 'note' ELSE 'quiet' END,
               r.severity::text, r.object, concat_ws(E'\n', r.effect, r.action), concat_ws(E'\n', r.citation, '[' || r.id || ']')
          FROM ruled r
        UNION ALL
        SELECT 6, x.at, x.what, NULL, x.a, x.b, NULL, NULL FROM f LEFT JOIN m ON true
         CROSS JOIN LATERAL (VALUES (0, 'section', 'References 参考', ''), (1, 'fact', 'Composition', f.source || ' (confidence ' || f.confidence || ')'),
                                    (2, 'fact', 'Use and cautions', m.source || ' (confidence ' || m.confidence || ')')) x (at, what, a, b)) l
 WHERE l.what NOT IN ('fact') OR nullif(l.b, '') IS NOT NULL
 ORDER BY l.part, l.at
