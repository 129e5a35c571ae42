-- The reference facts: one table per file of seed/reference, with the file's columns and words, so that the files and the
-- tables make the same knowledge snapshot. Lists inside a cell stay as written (';'), single references are keys.
-- Nothing here belongs to a shop. A row that leaves the files is retired, never deleted; what a row said before is kept.
SET LOCAL ROLE yaofang_owner;

CREATE DOMAIN slug AS text CHECK (VALUE ~ '^[a-z0-9_]{1,60}$');
CREATE DOMAIN confidence AS text CHECK (VALUE IN ('high', 'medium', 'low'));
CREATE DOMAIN verified AS text CHECK (VALUE IN ('seen', 'draft'));
CREATE DOMAIN severity AS text CHECK (VALUE IN ('contraindicated', 'major', 'moderate', 'minor'));

CREATE TABLE herbs (
    id slug,
    pinyin text NOT NULL,
    pinyin_plain text NOT NULL,
    hanzi text NOT NULL,
    hanzi_traditional text,
    chp_name text,
    pharmaceutical_latin text,
    botanical_latin text,
    english text NOT NULL,
    category text NOT NULL,
    nature text CHECK (nature IN ('cold', 'cool', 'neutral', 'warm', 'hot')),
    nature_chp text,
    tastes text,
    channels text,
    dose_min_g numeric CHECK (dose_min_g >= 0),
    dose_max_g numeric CHECK (dose_max_g >= dose_min_g),
    toxicity text NOT NULL CHECK (toxicity IN ('none', 'slightly toxic', 'toxic', 'very toxic')),
    pregnancy text NOT NULL CHECK (pregnancy IN ('ok', 'caution', 'contraindicated')),
    parent_id slug REFERENCES herbs CHECK (parent_id <> id),
    status text NOT NULL CHECK (status IN ('ok', 'restricted', 'external_only', 'banned')),
    notes text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    dose_check text,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE herb_monographs (
    herb_id slug REFERENCES herbs,
    actions text,
    indications text,
    cautions text,
    handling text,
    handling_note text,
    substance text CHECK (substance IN ('plant', 'animal', 'mineral', 'fungus', 'resin', 'processed')),
    part text,
    family text,
    constituents text,
    look_alikes text,
    preparations text,
    storage text,
    cites text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (herb_id)
);

CREATE TABLE herb_synonyms (
    herb_id slug REFERENCES herbs,
    synonym text,
    kind text NOT NULL,
    note text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    ambiguous_with slug REFERENCES herbs,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (herb_id, synonym)
);

CREATE TABLE homonyms (
    term text,
    herb_ids text NOT NULL,
    danger text,
    rule text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    default_id slug REFERENCES herbs,
    ask text NOT NULL CHECK (ask IN ('yes', 'no')),
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (term)
);

CREATE TABLE formulas (
    id slug,
    pinyin text NOT NULL,
    pinyin_plain text NOT NULL,
    hanzi text NOT NULL,
    hanzi_traditional text,
    english text NOT NULL,
    source_text text,
    author_dynasty text,
    category text NOT NULL,
    pattern_treated text,
    dose_basis text NOT NULL CHECK (dose_basis IN
        ('decoction_daily', 'decoction_scaled', 'kampo_daily_crude', 'patent_batch', 'pill_batch', 'powder_batch')),
    notes text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE formula_items (
    formula_id slug REFERENCES formulas,
    seq integer CHECK (seq > 0),
    herb_id slug NOT NULL REFERENCES herbs,
    grams numeric CHECK (grams > 0),
    dose_basis text NOT NULL CHECK (dose_basis IN
        ('decoction_daily', 'decoction_scaled', 'kampo_daily_crude', 'patent_batch', 'pill_batch', 'powder_batch')),
    role text NOT NULL CHECK (role IN ('chief', 'deputy', 'assistant', 'assistant-envoy', 'envoy')),
    processing text,
    item_note text,
    exceeds_chp_max text CHECK (exceeds_chp_max IN ('yes', 'no')),
    source text NOT NULL,
    confidence confidence NOT NULL,
    gram_check text,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (formula_id, seq)
);

CREATE TABLE formula_monographs (
    formula_id slug REFERENCES formulas,
    actions text,
    indications text,
    key_signs text,
    cautions text,
    usual_forms text,
    decoction_directions text,
    course_note text,
    modern_uses text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (formula_id)
);

CREATE TABLE formula_synonyms (
    formula_id slug REFERENCES formulas,
    synonym text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (formula_id, synonym)
);

CREATE TABLE drug_classes (
    class_id slug,
    parent_class_id slug REFERENCES drug_classes CHECK (parent_class_id <> class_id),
    members text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (class_id)
);

CREATE TABLE drugs (
    id slug,
    generic_inn text NOT NULL,
    alt_names text,
    classes text,
    atc text,
    rxcui text,
    rxcui_checked text,
    brands_us text,
    brands_uk text,
    brands_au text,
    brands_eu text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE drug_class_synonyms (
    class_id slug REFERENCES drug_classes,
    synonym text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (class_id, synonym)
);

CREATE TABLE drug_products (
    name text,
    country text,
    drug_ids text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (name, drug_ids)
);

CREATE TABLE conditions (
    id slug,
    english text NOT NULL,
    hanzi text,
    icd10 text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE condition_synonyms (
    condition_id slug REFERENCES conditions,
    synonym text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (condition_id, synonym)
);

CREATE TABLE procedures (
    id slug,
    english text NOT NULL,
    hanzi text,
    synonyms text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE rules (
    id slug,
    kind text NOT NULL CHECK (kind IN ('herb_drug', 'formula_drug', 'herb_herb', 'herb_condition', 'procedure')),
    subject_kind text NOT NULL CHECK (subject_kind IN ('herb', 'formula', 'procedure')),
    subject_id slug NOT NULL,
    object_kind text NOT NULL CHECK (object_kind IN ('drug', 'drug_class', 'condition', 'herb')),
    object_id slug NOT NULL,
    severity severity NOT NULL,
    effect text NOT NULL,
    mechanism text,
    evidence_level text,
    evidence_class text CHECK (evidence_class IN ('regulator_or_label', 'human_trial', 'observational', 'case_report',
        'extrapolated', 'animal', 'in_vitro', 'theoretical', 'traditional_rule')),
    evidence_direction text CHECK (evidence_direction IN ('supports', 'conflicting', 'negative')),
    action text NOT NULL,
    citation text,
    citation_seen text,
    note text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    effective_from date NOT NULL DEFAULT '2020-01-01',
    effective_to date CHECK (effective_to >= effective_from),
    subject_herb_id slug GENERATED ALWAYS AS (CASE WHEN subject_kind = 'herb' THEN subject_id END) STORED
        REFERENCES herbs,
    subject_formula_id slug GENERATED ALWAYS AS (CASE WHEN subject_kind = 'formula' THEN subject_id END) STORED
        REFERENCES formulas,
    subject_procedure_id slug GENERATED ALWAYS AS (CASE WHEN subject_kind = 'procedure' THEN subject_id END) STORED
        REFERENCES procedures,
    object_drug_id slug GENERATED ALWAYS AS (CASE WHEN object_kind = 'drug' THEN object_id END) STORED
        REFERENCES drugs,
    object_drug_class_id slug GENERATED ALWAYS AS (CASE WHEN object_kind = 'drug_class' THEN object_id END) STORED
        REFERENCES drug_classes,
    object_condition_id slug GENERATED ALWAYS AS (CASE WHEN object_kind = 'condition' THEN object_id END) STORED
        REFERENCES conditions,
    object_herb_id slug GENERATED ALWAYS AS (CASE WHEN object_kind = 'herb' THEN object_id END) STORED
        REFERENCES herbs,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE general_rules (
    id slug,
    kind text NOT NULL,
    object_id slug NOT NULL,
    severity severity NOT NULL,
    effect text NOT NULL,
    mechanism text,
    action text NOT NULL,
    citation text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id),
    UNIQUE (kind, object_id)
);

CREATE TABLE patterns (
    id slug,
    english text NOT NULL,
    hanzi text,
    distinguishing_symptoms text,
    tongue text,
    pulse text,
    differentiate_from text,
    linked_formulas text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE pattern_formulas (
    pattern_id slug REFERENCES patterns,
    formula_id slug REFERENCES formulas,
    rank integer NOT NULL CHECK (rank > 0),
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (pattern_id, formula_id)
);

CREATE TABLE dosage_forms (
    id slug,
    english text NOT NULL,
    hanzi text,
    hanzi_traditional text,
    route text NOT NULL CHECK (route IN ('oral', 'external')),
    unit text NOT NULL,
    default_doses_per_day integer CHECK (default_doses_per_day > 0),
    beyond_use_days integer CHECK (beyond_use_days > 0),
    beyond_use_rule text,
    beyond_use_basis text,
    verified verified NOT NULL,
    storage text,
    counselling text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE granule_ratios (
    herb_id slug REFERENCES herbs,
    crude_g_per_g numeric NOT NULL CHECK (crude_g_per_g > 0),
    low numeric CHECK (low > 0),
    high numeric CHECK (high >= low),
    note text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (herb_id)
);

CREATE TABLE products (
    id slug,
    english text NOT NULL,
    hanzi text,
    kind text NOT NULL CHECK (kind IN ('patent_pill', 'plaster', 'liniment', 'tea', 'granule_formula',
        'single_granule', 'accessory')),
    dosage_form slug REFERENCES dosage_forms,
    formula_id slug REFERENCES formulas,
    active_ingredients text,
    actives_status text CHECK (actives_status IN ('seen', 'draft', 'none')),
    pack_size numeric CHECK (pack_size > 0),
    unit text,
    typical_directions text,
    herb_ids text,
    screening_drug_ids text,
    external text NOT NULL CHECK (external IN ('yes', 'no')),
    screening_note text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE product_synonyms (
    product_id slug REFERENCES products,
    synonym text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (product_id, synonym)
);

CREATE TABLE label_fields (
    id slug,
    english text NOT NULL,
    "group" text NOT NULL,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE label_profiles (
    profile_id slug,
    jurisdiction text NOT NULL,
    in_force_from date,
    in_force_basis text NOT NULL CHECK (in_force_basis IN ('seen', 'memory', 'unknown')),
    document text NOT NULL CHECK (document IN ('patient_label', 'prescription', 'compounding_record', 'receipt')),
    field slug REFERENCES label_fields,
    requirement text NOT NULL CHECK (requirement IN ('required', 'conditional', 'recommended')),
    condition text,
    clause text,
    language_rule text,
    min_type_size_pt integer CHECK (min_type_size_pt > 0),
    verified verified NOT NULL,
    source_url_or_document text,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (profile_id, document, field)
);

CREATE TABLE label_phrases (
    key slug,
    english text NOT NULL,
    zh_hans text,
    zh_hant text,
    polish text,
    spanish text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (key)
);

CREATE TABLE reference_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    table_name text NOT NULL,
    row_before jsonb NOT NULL,
    replaced_at timestamptz NOT NULL DEFAULT now()
);

-- A file's cells, row by row, as objects by the header's names; empty cells are NULL. How rows of any shape reach a
-- statement as two plain arrays.
CREATE FUNCTION rows_of(p_header text[], p_cells text[]) RETURNS SETOF jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(p_header[1 + (at - 1) % cardinality(p_header)], nullif(cell, ''))
      FROM unnest(p_cells) WITH ORDINALITY u (cell, at)
     GROUP BY (at - 1) / cardinality(p_header)
     ORDER BY (at - 1) / cardinality(p_header)
$$;

-- Brings a reference table to the rows of its file: inserts what is new, replaces what changed (keeping what it said
-- before), retires what is gone, and touches nothing else, so that a second run changes nothing.
CREATE FUNCTION reference_load(p_table regclass, p_header text[], p_cells text[], OUT inserted bigint, OUT updated bigint,
                               OUT retired bigint, OUT unchanged bigint)
LANGUAGE plpgsql AS $$
DECLARE
    p_rows jsonb := (SELECT coalesce(jsonb_agg(r), '[]') FROM rows_of(p_header, p_cells) r);
    unknown text;
    all_columns text;  -- what a file gives
    key_columns text;
    old_values text;
    new_values text;
    same_key text;
BEGIN
    SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum),
           string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE k.is_key),
           string_agg(format('t.%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE NOT k.is_key),
           string_agg(format('n.%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE NOT k.is_key),
           string_agg(format('t.%1$I = n.%1$I', a.attname), ' AND ' ORDER BY a.attnum) FILTER (WHERE k.is_key)
      INTO all_columns, key_columns, old_values, new_values, same_key
      FROM pg_attribute a
     CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM pg_index i
                                         WHERE i.indrelid = a.attrelid AND i.indisprimary
                                           AND a.attnum = ANY (i.indkey)) AS is_key) k
     WHERE a.attrelid = p_table AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       AND a.attname NOT IN ('version', 'retired_at', 'effective_from', 'effective_to');

    SELECT string_agg(h, ', ') INTO unknown FROM unnest(p_header) h
     WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = p_table AND a.attname = h AND a.attnum > 0);
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION '% has no column %', p_table, unknown;
    END IF;

    EXECUTE format('INSERT INTO reference_history (table_name, row_before)
                    SELECT %L, to_jsonb(t) FROM %s t JOIN jsonb_populate_recordset(NULL::%s, $1) n ON %s
                     WHERE (%s) IS DISTINCT FROM (%s)', p_table, p_table, p_table, same_key, old_values, new_values)
      USING p_rows;
    EXECUTE format('UPDATE %s t SET (%s) = ROW(%s), version = t.version + 1, retired_at = NULL
                      FROM jsonb_populate_recordset(NULL::%s, $1) n
                     WHERE %s AND (t.retired_at IS NOT NULL OR (%s) IS DISTINCT FROM (%s))',
                   p_table, replace(old_values, 't.', ''), new_values, p_table, same_key, old_values, new_values)
      USING p_rows;
    GET DIAGNOSTICS updated = ROW_COUNT;
    EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM jsonb_populate_recordset(NULL::%s, $1) ON CONFLICT (%s) DO NOTHING',
                   p_table, all_columns, all_columns, p_table, key_columns)
      USING p_rows;
    GET DIAGNOSTICS inserted = ROW_COUNT;
    EXECUTE format('UPDATE %s t SET retired_at = now() WHERE retired_at IS NULL AND NOT EXISTS
                    (SELECT FROM jsonb_populate_recordset(NULL::%s, $1) n WHERE %s)', p_table, p_table, same_key)
      USING p_rows;
    GET DIAGNOSTICS retired = ROW_COUNT;
    unchanged := jsonb_array_length(p_rows) - inserted - updated;
END
$$;
REVOKE ALL ON FUNCTION reference_load FROM PUBLIC;
