-- The monograph of herb $3, line by line as print/sheet_page.c lays it out: `what` is a title, a sub-title, a section, a fact (label
-- and text), a head or a row of a table. $2, the herbs asked for, plays no part here.
WITH h AS (
    SELECT * FROM herbs WHERE id = $3::text AND $1::bigint IS NOT NULL AND $2::text IS NOT NULL
), m AS (
    SELECT * FROM herb_monographs WHERE herb_id = $3::text AND retired_at IS NULL
), named AS ( -- other names, by their kind
    SELECT s.kind, string_agg(s.synonym || CASE WHEN s.ambiguous_with IS NULL THEN '' ELSE ' (ambiguous)' END, '; ' ORDER BY s.synonym) AS names
      FROM herb_synonyms s WHERE s.herb_id = $3::text AND s.retired_at IS NULL AND s.kind <> 'misspelling'
     GROUP BY s.kind
), ruled AS (
    SELECT r.severity, r.kind, r.effect, r.action, r.citation, r.id,
           CASE WHEN r.object_kind = 'herb' AND r.object_id = $3::text THEN coalesce(o.pinyin || ' ' || o.hanzi, r.subject_id)
                ELSE coalesce(d.generic_inn, k.english || coalesce(' ' || k.hanzi, ''), b.pinyin || ' ' || b.hanzi,
                              'every ' || replace(r.object_id, '_', ' ')) END AS object
      FROM rules r
      LEFT JOIN drugs d ON d.id = r.object_drug_id
      LEFT JOIN conditions k ON k.id = r.object_condition_id
      LEFT JOIN herbs b ON b.id = r.object_herb_id
      LEFT JOIN herbs o ON o.id = r.subject_herb_id
     WHERE r.retired_at IS NULL AND ($3::text = r.subject_herb_id OR $3::text = r.object_herb_id)
)
SELECT l.what, l.tone, l.a, l.b, l.c, l.d
  FROM (SELECT 1 AS part, 0 AS at, 'title' AS what, NULL AS tone, h.pinyin || '  ' || concat_ws('  ', h.hanzi, nullif(h.hanzi_traditional, h.hanzi)) AS a,
               NULL AS b, NULL AS c, NULL AS d FROM h
        UNION ALL
        SELECT 1, 1, 'subtitle', NULL, concat_ws(' · ', h.pharmaceutical_latin, h.english), NULL, NULL, NULL FROM h
        UNION ALL
        SELECT 2, x.at, x.what, x.tone, x.a, x.b, NULL, NULL FROM h LEFT JOIN m ON true
         CROSS JOIN LATERAL (VALUES
               (0, 'section', NULL, 'Names 名称', ''),
               (1, 'fact', NULL, 'Pinyin 拼音', h.pinyin), (2, 'fact', NULL, 'Simplified 简体', h.hanzi),
               (3, 'fact', NULL, 'Traditional 繁體', h.hanzi_traditional), (4, 'fact', NULL, 'Pharmaceutical Latin', h.pharmaceutical_latin),
               (5, 'fact', NULL, 'Botanical Latin', h.botanical_latin), (6, 'fact', NULL, 'English', h.english),
               (7, 'fact', NULL, 'Plant or other 来源', concat_ws(', ', m.substance, m.part, m.family))) x (at, what, tone, a, b)
        UNION ALL
        SELECT 3, row_number() OVER (ORDER BY n.kind)::integer, 'fact', NULL, upper(left(n.kind, 1)) || replace(substr(n.kind, 2), '_', ' ') || ' names', n.names, NULL, NULL FROM named n
        UNION ALL
        SELECT 4, x.at, x.what, x.tone, x.a, x.b, NULL, NULL FROM h LEFT JOIN m ON true
         CROSS JOIN LATERAL (VALUES
               (0, 'section', NULL, 'Nature 性味归经', ''),
               (1, 'fact', NULL, 'Category 类别', replace(h.category, '-', ' ')), (2, 'fact', NULL, 'Nature 药性', replace(h.nature, '_', ' ')),
               (3, 'fact', NULL, 'Tastes 药味', replace(h.tastes, ';', ', ')), (4, 'fact', NULL, 'Channels 归经', replace(h.channels, ';', ', ')),
               (10, 'section', NULL, 'Use 功效主治', ''),
               (11, 'fact', NULL, 'Actions 功效', replace(m.actions, ';', '; ')), (12, 'fact', NULL, 'Indications 主治', replace(m.indications, ';', '; ')),
               (13, 'fact', NULL, 'Dose a day 用量',
                CASE WHEN h.dose_max_g IS NULL THEN 'no safe oral dose is given'
                ELSE concat_ws(' to ', trim_scale(h.dose_min_g)::text, trim_scale(h.dose_max_g)::text) || ' g of the raw herb, adult, by the pharmacopoeia' END),
               (14, 'fact', NULL, 'Preparations 炮制', replace(m.preparations, ';', '; ')),
               (15, 'fact', NULL, 'Handling 煎法', concat_ws(': ', replace(m.handling, '_', ' '), m.handling_note)),
               (16, 'fact', NULL, 'Storage 贮藏', replace(m.storage, '_', ' ')), (17, 'fact', NULL, 'Constituents 成分', replace(m.constituents, ';', ', ')),
               (20, 'section', NULL, 'Safety 安全', ''),
               (21, 'fact', CASE WHEN h.toxicity NOT IN ('none', '') THEN 'bad' END, 'Toxicity 毒性', replace(h.toxicity, '_', ' ')),
               (22, 'fact', CASE h.pregnancy WHEN 'contraindicated' THEN 'bad' WHEN 'caution' THEN 'warn' END, 'Pregnancy 妊娠',
                CASE h.pregnancy WHEN 'ok' THEN 'the pharmacopoeia is silent' ELSE replace(h.pregnancy, '_', ' ') END),
               (23, 'fact', CASE h.status WHEN 'banned' THEN 'bad' WHEN 'ok' THEN NULL ELSE 'warn' END, 'Status 管制', nullif(replace(h.status, '_', ' '), 'ok')),
               (24, 'fact', NULL, 'CITES', m.cites), (25, 'fact', NULL, 'Cautions 注意', replace(m.cautions, ';', '; ')),
               (26, 'fact', NULL, 'Look-alikes 易混', replace(replace(m.look_alikes, ';', '; '), '_', ' ')),
               (27, 'fact', NULL, 'Notes 备注', h.notes)) x (at, what, tone, a, b)
        UNION ALL
        SELECT 5, row_number() OVER (ORDER BY y.term)::integer, 'fact', 'warn', 'Same name 同名', y.term || ': ' || concat_ws('; ', y.rule, 'danger: ' || y.danger), NULL, NULL
          FROM homonyms y WHERE y.retired_at IS NULL AND $3::text = ANY (string_to_array(y.herb_ids, ';'))
        UNION ALL
        SELECT 6, 0, 'section', NULL, 'Laws and limits 法规', NULL, NULL, NULL
         WHERE EXISTS (SELECT FROM regulations g WHERE g.herb_id = $3::text AND g.retired_at IS NULL)
            OR EXISTS (SELECT FROM herb_limits g WHERE g.herb_id = $3::text AND g.retired_at IS NULL)
        UNION ALL
        SELECT 6, 0 + row_number() OVER (ORDER BY g.severity DESC, j.english)::integer, 'fact',
               CASE g.severity WHEN 'contraindicated' THEN 'bad' WHEN 'major' THEN 'warn' END, j.english,
               concat_ws(' ', g.effect || '.', g.action || '.', 'From ' || g.in_force_from || '.', g.citation), NULL, NULL
          FROM regulations g JOIN jurisdictions j ON j.id = g.jurisdiction_id
         WHERE g.herb_id = $3::text AND g.retired_at IS NULL
        UNION ALL
        SELECT 6, 1000 + row_number() OVER (ORDER BY g.window_days)::integer, 'fact', 'warn', 'Over ' || g.window_days || ' days',
               concat_ws(' ', g.effect || '.', g.action || '.', g.citation), NULL, NULL
          FROM herb_limits g WHERE g.herb_id = $3::text AND g.retired_at IS NULL
        UNION ALL
        SELECT 7, 0, 'section', NULL, 'Rules of the reference 配伍禁忌', NULL, NULL, NULL WHERE EXISTS (SELECT FROM ruled)
        UNION ALL
        SELECT 7, 1, 'head', NULL, 'Severity 轻重', 'With 对象', 'Effect and what to do 影响与处理', 'Citation 出处' WHERE EXISTS (SELECT FROM ruled)
        UNION ALL
        SELECT 7, 1 + row_number() OVER (ORDER BY array_position('{contraindicated,major,moderate,minor}', r.severity::text), r.object, r.id)::integer,
               'row', CASE r.severity WHEN 'contraindicated' THEN 'bad' WHEN 'major' THEN 'warn' WHEN 'moderate' THEN 'note' ELSE 'quiet' END,
               r.severity::text, r.object, concat_ws(E'\n', r.effect, r.action), concat_ws(E'\n', r.citation, '[' || r.id || ']')
          FROM ruled r
        UNION ALL
        SELECT 8, 0, 'section', NULL, 'Formulas with it 方剂', NULL, NULL, NULL
         WHERE EXISTS (SELECT FROM formula_items i WHERE i.herb_id = $3::text AND i.retired_at IS NULL)
        UNION ALL
        SELECT 8, 1, 'fact', NULL, 'As', string_agg(f.pinyin || ' ' || f.hanzi || coalesce(' (' || i.role || ', ' || trim_scale(i.grams) || ' g)', ''), '; ' ORDER BY f.pinyin_plain), NULL, NULL
          FROM formula_items i JOIN formulas f ON f.id = i.formula_id AND f.retired_at IS NULL
         WHERE i.herb_id = $3::text AND i.retired_at IS NULL
        UNION ALL
        SELECT 9, x.at, x.what, NULL, x.a, x.b, NULL, NULL FROM h LEFT JOIN m ON true
         CROSS JOIN LATERAL (VALUES (0, 'section', 'References 参考', ''), (1, 'fact', 'Names, nature, dose', h.source || ' (confidence ' || h.confidence || ')'),
                                    (2, 'fact', 'Dose', h.dose_check),
                                    (3, 'fact', 'Actions and cautions', m.source || ' (confidence ' || m.confidence || ')')) x (at, what, a, b)) l
 WHERE l.what NOT IN ('fact') OR nullif(l.b, '') IS NOT NULL
 ORDER BY l.part, l.at
