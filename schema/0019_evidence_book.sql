-- The evidence book: a shop's own rules, names and granule ratios beside the reference ones, which an update of the reference never
-- overwrites. A change is a proposal: a new version of what it is about, with author, reason, citation and the days it holds. It
-- is in force only after another person, a curator, approved it (law 8; the single-person mode is not for this). Proposals and
-- decisions are only ever added: together they are the history.
--
-- What holds on a day: of the approved versions that cover the day, the newest. `set` replaces the reference row of that key or
-- adds one; `retire` puts the row out of use; `revert` lets the reference speak again.
SET LOCAL ROLE yaofang_owner;

-- Nothing of the program ever wrote the earlier tables; should a person have, this stops here rather than lose it.
DO $$
BEGIN
    IF EXISTS (SELECT FROM shop_rules) THEN
        RAISE EXCEPTION 'shop_rules holds rows: enter them as proposals of the evidence book, then empty it';
    END IF;
END
$$;
DROP TABLE shop_rule_approvals, shop_rules;

CREATE TABLE evidence_proposals (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL CONSTRAINT evidence_proposals_kind_known CHECK (kind IN ('rule', 'synonym', 'ratio')),
    key text NOT NULL -- a rule's id; a herb's id; "herb:dang_gui:tang kuei"
        CONSTRAINT evidence_proposals_key_length CHECK (length(key) BETWEEN 1 AND 300),
    version integer NOT NULL CONSTRAINT evidence_proposals_version CHECK (version >= 1),
    previous_version integer GENERATED ALWAYS AS (nullif(version - 1, 0)) STORED,
    change text NOT NULL CONSTRAINT evidence_proposals_change_known CHECK (change IN ('set', 'retire', 'revert')),
    reason text NOT NULL CONSTRAINT evidence_proposals_reason_length CHECK (length(btrim(reason)) BETWEEN 1 AND 1000),
    citation text NOT NULL CONSTRAINT evidence_proposals_citation_length CHECK (length(btrim(citation)) BETWEEN 1 AND 1000),
    effective_from date NOT NULL
        CONSTRAINT evidence_proposals_from_range CHECK (effective_from BETWEEN '2000-01-01' AND '2199-12-31'),
    effective_to date CONSTRAINT evidence_proposals_effective CHECK (effective_to >= effective_from),
    reference_version integer, -- of the reference row as the author saw it; NULL: there is none
    import_id bigint,          -- the file it came in with; NULL: entered by itself
    author_id bigint NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    -- What a `set` sets must be there when the transaction ends.
    rule_content bigint GENERATED ALWAYS AS (CASE WHEN kind = 'rule' AND change = 'set' THEN id END) STORED,
    synonym_content bigint GENERATED ALWAYS AS (CASE WHEN kind = 'synonym' THEN id END) STORED,
    ratio_content bigint GENERATED ALWAYS AS (CASE WHEN kind = 'ratio' AND change = 'set' THEN id END) STORED,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT evidence_proposals_version_once UNIQUE (shop_id, kind, key, version),
    CONSTRAINT evidence_proposals_author_once UNIQUE (shop_id, id, author_id),
    CONSTRAINT evidence_proposals_key_once UNIQUE (shop_id, id, key),
    CONSTRAINT evidence_proposals_previous FOREIGN KEY (shop_id, kind, key, previous_version)
        REFERENCES evidence_proposals (shop_id, kind, key, version),
    CONSTRAINT evidence_proposals_author FOREIGN KEY (shop_id, author_id) REFERENCES users
);

-- A rule as it shall be, whole. kind "general": one of the reference's general rules with its words and severity changed.
CREATE TABLE shop_rules (
    shop_id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    rule_id slug NOT NULL,
    kind text NOT NULL CONSTRAINT shop_rules_kind_known
        CHECK (kind IN ('herb_drug', 'formula_drug', 'herb_herb', 'herb_condition', 'procedure', 'general')),
    subject_kind text CONSTRAINT shop_rules_subject_kind_known CHECK (subject_kind IN ('herb', 'formula', 'procedure')),
    subject_id slug,
    object_kind text CONSTRAINT shop_rules_object_kind_known CHECK (object_kind IN ('drug', 'drug_class', 'condition', 'herb')),
    object_id slug,
    severity severity NOT NULL,
    effect text NOT NULL CONSTRAINT shop_rules_effect_length CHECK (length(btrim(effect)) BETWEEN 1 AND 1000),
    mechanism text NOT NULL DEFAULT '',
    evidence_level text NOT NULL DEFAULT '',
    evidence_class text CONSTRAINT shop_rules_evidence_class_known
        CHECK (evidence_class IN ('regulator_or_label', 'human_trial', 'observational', 'case_report', 'extrapolated', 'animal',
                                  'in_vitro', 'theoretical', 'traditional_rule')),
    evidence_direction text CONSTRAINT shop_rules_evidence_direction_known
        CHECK (evidence_direction IN ('supports', 'conflicting', 'negative', 'beneficial')),
    action text NOT NULL CONSTRAINT shop_rules_action_length CHECK (length(btrim(action)) BETWEEN 1 AND 1000),
    threshold_g numeric CONSTRAINT shop_rules_threshold CHECK (threshold_g > 0),
    below_severity severity,
    lasting_days integer CONSTRAINT shop_rules_lasting CHECK (lasting_days BETWEEN 1 AND 400),
    stop_days_before integer CONSTRAINT shop_rules_stop CHECK (stop_days_before BETWEEN 1 AND 60),
    lowers_to severity,
    note text NOT NULL DEFAULT '',
    confidence confidence NOT NULL DEFAULT 'medium',
    subject_herb_id slug GENERATED ALWAYS AS (CASE WHEN subject_kind = 'herb' THEN subject_id END) STORED
        CONSTRAINT shop_rules_subject_herb REFERENCES herbs,
    subject_formula_id slug GENERATED ALWAYS AS (CASE WHEN subject_kind = 'formula' THEN subject_id END) STORED
        CONSTRAINT shop_rules_subject_formula REFERENCES formulas,
    subject_procedure_id slug GENERATED ALWAYS AS (CASE WHEN subject_kind = 'procedure' THEN subject_id END) STORED
        CONSTRAINT shop_rules_subject_procedure REFERENCES procedures,
    object_drug_id slug GENERATED ALWAYS AS (CASE WHEN object_kind = 'drug' THEN object_id END) STORED
        CONSTRAINT shop_rules_object_drug REFERENCES drugs,
    object_drug_class_id slug GENERATED ALWAYS AS (CASE WHEN object_kind = 'drug_class' THEN object_id END) STORED
        CONSTRAINT shop_rules_object_drug_class REFERENCES drug_classes,
    object_condition_id slug GENERATED ALWAYS AS (CASE WHEN object_kind = 'condition' THEN object_id END) STORED
        CONSTRAINT shop_rules_object_condition REFERENCES conditions,
    object_herb_id slug GENERATED ALWAYS AS (CASE WHEN object_kind = 'herb' THEN object_id END) STORED
        CONSTRAINT shop_rules_object_herb REFERENCES herbs,
    general_rule_id slug GENERATED ALWAYS AS (CASE WHEN kind = 'general' THEN rule_id END) STORED
        CONSTRAINT shop_rules_general REFERENCES general_rules,
    PRIMARY KEY (shop_id, proposal_id),
    CONSTRAINT shop_rules_proposal FOREIGN KEY (shop_id, proposal_id, rule_id) REFERENCES evidence_proposals (shop_id, id, key),
    CONSTRAINT shop_rules_two_sides CHECK (
        (kind <> 'general') = (subject_kind IS NOT NULL)
        AND (subject_kind IS NULL) = (subject_id IS NULL) AND (subject_kind IS NULL) = (object_kind IS NULL)
        AND (object_kind IS NULL) = (object_id IS NULL)),
    CONSTRAINT shop_rules_below_needs_threshold CHECK (below_severity IS NULL OR threshold_g IS NOT NULL),
    CONSTRAINT shop_rules_threshold_is_of_a_herb CHECK (threshold_g IS NULL OR subject_kind = 'herb')
);
ALTER TABLE evidence_proposals ADD CONSTRAINT evidence_proposals_rule FOREIGN KEY (shop_id, rule_content)
    REFERENCES shop_rules (shop_id, proposal_id) DEFERRABLE INITIALLY DEFERRED;

-- A name of a thing of the reference. It is kept with a retirement too: it says which name.
CREATE TABLE shop_synonyms (
    shop_id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    thing_kind text NOT NULL CONSTRAINT shop_synonyms_kind_known
        CHECK (thing_kind IN ('herb', 'formula', 'drug', 'drug_class', 'condition', 'product')),
    thing_id slug NOT NULL,
    synonym text NOT NULL CONSTRAINT shop_synonyms_length CHECK (length(btrim(synonym)) BETWEEN 1 AND 120)
        CONSTRAINT shop_synonyms_one_name CHECK (synonym !~ '[;:()]'),
    key text GENERATED ALWAYS AS (thing_kind || ':' || thing_id || ':' || synonym) STORED,
    herb_id slug GENERATED ALWAYS AS (CASE WHEN thing_kind = 'herb' THEN thing_id END) STORED
        CONSTRAINT shop_synonyms_herb REFERENCES herbs,
    formula_id slug GENERATED ALWAYS AS (CASE WHEN thing_kind = 'formula' THEN thing_id END) STORED
        CONSTRAINT shop_synonyms_formula REFERENCES formulas,
    drug_id slug GENERATED ALWAYS AS (CASE WHEN thing_kind = 'drug' THEN thing_id END) STORED
        CONSTRAINT shop_synonyms_drug REFERENCES drugs,
    drug_class_id slug GENERATED ALWAYS AS (CASE WHEN thing_kind = 'drug_class' THEN thing_id END) STORED
        CONSTRAINT shop_synonyms_drug_class REFERENCES drug_classes,
    condition_id slug GENERATED ALWAYS AS (CASE WHEN thing_kind = 'condition' THEN thing_id END) STORED
        CONSTRAINT shop_synonyms_condition REFERENCES conditions,
    product_id slug GENERATED ALWAYS AS (CASE WHEN thing_kind = 'product' THEN thing_id END) STORED
        CONSTRAINT shop_synonyms_product REFERENCES products,
    PRIMARY KEY (shop_id, proposal_id),
    CONSTRAINT shop_synonyms_proposal FOREIGN KEY (shop_id, proposal_id, key) REFERENCES evidence_proposals (shop_id, id, key)
);
ALTER TABLE evidence_proposals ADD CONSTRAINT evidence_proposals_synonym FOREIGN KEY (shop_id, synonym_content)
    REFERENCES shop_synonyms (shop_id, proposal_id) DEFERRABLE INITIALLY DEFERRED;

-- How many grams of raw herb are in a gram of its granules.
CREATE TABLE shop_ratios (
    shop_id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    herb_id slug NOT NULL CONSTRAINT shop_ratios_herb REFERENCES herbs,
    crude_g_per_g numeric NOT NULL CONSTRAINT shop_ratios_ratio CHECK (crude_g_per_g > 0 AND crude_g_per_g <= 100),
    low numeric,
    high numeric,
    note text NOT NULL DEFAULT '',
    PRIMARY KEY (shop_id, proposal_id),
    CONSTRAINT shop_ratios_proposal FOREIGN KEY (shop_id, proposal_id, herb_id) REFERENCES evidence_proposals (shop_id, id, key),
    CONSTRAINT shop_ratios_range CHECK (low > 0 AND low <= crude_g_per_g AND high >= crude_g_per_g AND high <= 100)
);
ALTER TABLE evidence_proposals ADD CONSTRAINT evidence_proposals_ratio FOREIGN KEY (shop_id, ratio_content)
    REFERENCES shop_ratios (shop_id, proposal_id) DEFERRABLE INITIALLY DEFERRED;

-- One decision ends a proposal: another person's approval or rejection, or the author's withdrawal.
CREATE TABLE evidence_decisions (
    shop_id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    author_id bigint NOT NULL,
    verdict text NOT NULL CONSTRAINT evidence_decisions_verdict_known CHECK (verdict IN ('approved', 'rejected', 'withdrawn')),
    decided_by bigint NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    note text NOT NULL DEFAULT '' CONSTRAINT evidence_decisions_note_length CHECK (length(note) <= 1000),
    PRIMARY KEY (shop_id, proposal_id),
    CONSTRAINT evidence_decisions_two_people CHECK (verdict = 'withdrawn' OR decided_by <> author_id),
    CONSTRAINT evidence_decisions_own CHECK (verdict <> 'withdrawn' OR decided_by = author_id),
    CONSTRAINT evidence_decisions_reason CHECK (verdict <> 'rejected' OR btrim(note) <> ''),
    CONSTRAINT evidence_decisions_proposal FOREIGN KEY (shop_id, proposal_id, author_id)
        REFERENCES evidence_proposals (shop_id, id, author_id),
    CONSTRAINT evidence_decisions_by FOREIGN KEY (shop_id, decided_by) REFERENCES users
);

-- What holds in a shop on a day: at most one version of each key.
CREATE FUNCTION evidence_in_force(p_shop_id bigint, p_day date) RETURNS SETOF evidence_proposals LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT DISTINCT ON (p.kind, p.key) p.*
      FROM evidence_proposals p
      JOIN evidence_decisions d ON d.shop_id = p.shop_id AND d.proposal_id = p.id AND d.verdict = 'approved'
     WHERE p.shop_id = p_shop_id AND p.effective_from <= p_day AND (p.effective_to IS NULL OR p.effective_to >= p_day)
     ORDER BY p.kind, p.key, p.version DESC;
END;

-- The shops with something of their own in force today, and a text that changes when that does: by a decision, or at midnight.
CREATE FUNCTION evidence_state() RETURNS TABLE (shop_id bigint, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT s.id, md5(string_agg(p.id::text, ',' ORDER BY p.id))
      FROM (SELECT DISTINCT d.shop_id AS id FROM evidence_decisions d WHERE d.verdict = 'approved') s
     CROSS JOIN LATERAL evidence_in_force(s.id, shop_today(s.id)) p
     WHERE p.change <> 'revert'
     GROUP BY s.id
     ORDER BY s.id;
END;
REVOKE ALL ON FUNCTION evidence_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evidence_state TO yaofang_app;

-- What a proposal sets, field by field, and what the reference says of the same key: to show who changed what from what to what.
CREATE FUNCTION evidence_content(p evidence_proposals) RETURNS jsonb LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT CASE p.kind
           WHEN 'rule' THEN (SELECT to_jsonb(r) - ARRAY['shop_id', 'proposal_id', 'rule_id', 'subject_herb_id', 'subject_formula_id',
                                                        'subject_procedure_id', 'object_drug_id', 'object_drug_class_id',
                                                        'object_condition_id', 'object_herb_id', 'general_rule_id']
                                  || jsonb_build_object('citation', p.citation)
                               FROM shop_rules r WHERE r.shop_id = p.shop_id AND r.proposal_id = p.id)
           WHEN 'synonym' THEN (SELECT jsonb_build_object('synonym', s.synonym) FROM shop_synonyms s
                                 WHERE s.shop_id = p.shop_id AND s.proposal_id = p.id AND p.change = 'set')
           WHEN 'ratio' THEN (SELECT jsonb_build_object('crude_g_per_g', r.crude_g_per_g, 'low', r.low, 'high', r.high, 'note', r.note,
                                                        'citation', p.citation)
                                FROM shop_ratios r WHERE r.shop_id = p.shop_id AND r.proposal_id = p.id)
           END;
END;
CREATE FUNCTION evidence_reference(p_kind text, p_key text) RETURNS jsonb LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT CASE p_kind
           WHEN 'rule' THEN coalesce(
               (SELECT jsonb_build_object('kind', kind, 'subject_kind', subject_kind, 'subject_id', subject_id, 'object_kind', object_kind,
                    'object_id', object_id, 'severity', severity, 'effect', effect, 'mechanism', mechanism, 'evidence_level', evidence_level,
                    'evidence_class', evidence_class, 'evidence_direction', evidence_direction, 'action', action, 'citation', citation,
                    'threshold_g', threshold_g, 'below_severity', below_severity, 'lasting_days', lasting_days,
                    'stop_days_before', stop_days_before, 'lowers_to', lowers_to, 'note', note, 'confidence', confidence)
                  FROM rules WHERE id = p_key AND retired_at IS NULL),
               (SELECT jsonb_build_object('kind', 'general', 'severity', severity, 'effect', effect, 'mechanism', mechanism,
                    'action', action, 'citation', citation, 'confidence', confidence)
                  FROM general_rules WHERE id = p_key AND retired_at IS NULL))
           WHEN 'ratio' THEN (SELECT jsonb_build_object('crude_g_per_g', crude_g_per_g, 'low', low, 'high', high, 'note', note,
                                                        'citation', source)
                                FROM granule_ratios WHERE herb_id = p_key AND retired_at IS NULL)
           END;
END;

-- The history: every proposal with its people and its fate, and what it changes: from what was approved before it, else from the
-- reference, to what it sets.
CREATE VIEW evidence_history WITH (security_invoker = true) AS
SELECT p.shop_id, p.id, p.kind, p.key, p.version, p.change, p.reason, p.citation, p.effective_from, p.effective_to,
       p.reference_version, p.author_id, a.display_name AS author, p.written_at, coalesce(d.verdict, 'proposed') AS verdict,
       d.decided_by, c.display_name AS decider, d.decided_at, d.note AS decision_note,
       (SELECT jsonb_agg(jsonb_build_object('field', coalesce(b.key, n.key), 'from', nullif(b.value, ''), 'to', nullif(n.value, ''))
                         ORDER BY coalesce(b.key, n.key))
          FROM jsonb_each_text(old.content) b
          FULL JOIN jsonb_each_text(CASE p.change WHEN 'set' THEN evidence_content(p)
                                                  WHEN 'revert' THEN evidence_reference(p.kind, p.key) END) n ON n.key = b.key
         WHERE nullif(b.value, '') IS DISTINCT FROM nullif(n.value, '')) AS changes
  FROM evidence_proposals p
  JOIN users a ON a.shop_id = p.shop_id AND a.id = p.author_id
  LEFT JOIN evidence_decisions d ON d.shop_id = p.shop_id AND d.proposal_id = p.id
  LEFT JOIN users c ON c.shop_id = d.shop_id AND c.id = d.decided_by
  LEFT JOIN LATERAL (SELECT e AS earlier FROM evidence_proposals e
                       JOIN evidence_decisions ed ON ed.shop_id = e.shop_id AND ed.proposal_id = e.id AND ed.verdict = 'approved'
                      WHERE (e.shop_id, e.kind, e.key) = (p.shop_id, p.kind, p.key) AND e.version < p.version
                      ORDER BY e.version DESC LIMIT 1) last ON true
 CROSS JOIN LATERAL (SELECT CASE WHEN (last.earlier).change = 'set' THEN evidence_content(last.earlier)
                                 WHEN (last.earlier).change = 'retire' THEN NULL
                                 WHEN p.kind = 'synonym' AND p.change = 'retire'
                                     THEN jsonb_build_object('synonym', split_part(p.key, ':', 3))
                                 ELSE evidence_reference(p.kind, p.key) END AS content) old;
GRANT SELECT ON evidence_history TO yaofang_app, yaofang_read;

-- From which override rate on, shown at least how often, within how many days, a rule comes before the curator.
CREATE TABLE alert_settings (
    shop_id bigint NOT NULL REFERENCES shops,
    override_percent integer NOT NULL CONSTRAINT alert_settings_percent CHECK (override_percent BETWEEN 1 AND 100),
    least_shown integer NOT NULL CONSTRAINT alert_settings_least CHECK (least_shown BETWEEN 1 AND 1000000),
    days integer NOT NULL CONSTRAINT alert_settings_days CHECK (days BETWEEN 1 AND 3660),
    set_by bigint NOT NULL,
    set_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id),
    CONSTRAINT alert_settings_set_by FOREIGN KEY (shop_id, set_by) REFERENCES users
);

-- What the curator decided about a rule that is overridden often; the figures are those she saw. What was shown up to then counts no
-- more for the queue.
CREATE TABLE alert_decisions (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    rule_id text NOT NULL,
    rule_origin text NOT NULL CONSTRAINT alert_decisions_origin_known CHECK (rule_origin IN ('reference', 'shop')),
    action text NOT NULL CONSTRAINT alert_decisions_action_known CHECK (action IN ('keep', 'severity', 'retire')),
    note text NOT NULL CONSTRAINT alert_decisions_note_length CHECK (length(btrim(note)) BETWEEN 1 AND 1000),
    proposal_id bigint,
    shown bigint NOT NULL,
    overridden bigint NOT NULL,
    decided_by bigint NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT alert_decisions_proposes CHECK ((action = 'keep') = (proposal_id IS NULL)),
    CONSTRAINT alert_decisions_proposal FOREIGN KEY (shop_id, proposal_id) REFERENCES evidence_proposals,
    CONSTRAINT alert_decisions_by FOREIGN KEY (shop_id, decided_by) REFERENCES users
);
CREATE INDEX alert_decisions_by_rule ON alert_decisions (shop_id, rule_id, id);

-- The second wall between shops; who may propose and decide; and nothing is changed once written.
DO $$
DECLARE
    owned regclass;
BEGIN
    FOREACH owned IN ARRAY ARRAY['evidence_proposals', 'shop_rules', 'shop_synonyms', 'shop_ratios', 'evidence_decisions',
                                 'alert_settings', 'alert_decisions']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())',
                       owned);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', owned);
    END LOOP;
END
$$;
CREATE POLICY who_may ON evidence_proposals AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM user_roles r WHERE r.shop_id = evidence_proposals.shop_id AND r.user_id = evidence_proposals.author_id
               AND r.role IN ('curator', 'pharmacist', 'practitioner')));
CREATE POLICY who_may ON evidence_decisions AS RESTRICTIVE FOR INSERT WITH CHECK (
    verdict = 'withdrawn'
    OR EXISTS (SELECT FROM user_roles r WHERE r.shop_id = evidence_decisions.shop_id
                  AND r.user_id = evidence_decisions.decided_by AND r.role = 'curator'));
CREATE POLICY who_may ON alert_decisions AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM user_roles r WHERE r.shop_id = alert_decisions.shop_id AND r.user_id = alert_decisions.decided_by
               AND r.role = 'curator'));

GRANT INSERT (shop_id, kind, key, version, change, reason, citation, effective_from, effective_to, reference_version, import_id,
              author_id) ON evidence_proposals TO yaofang_app;
GRANT INSERT ON shop_rules, shop_synonyms, shop_ratios TO yaofang_app;
GRANT INSERT (shop_id, proposal_id, author_id, verdict, decided_by, note) ON evidence_decisions TO yaofang_app;
GRANT INSERT (shop_id, rule_id, rule_origin, action, note, proposal_id, shown, overridden, decided_by) ON alert_decisions
    TO yaofang_app;
GRANT INSERT, UPDATE (override_percent, least_shown, days, set_by, set_at) ON alert_settings TO yaofang_app;
