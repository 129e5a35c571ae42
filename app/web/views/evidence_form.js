// Proposing a row of the evidence book, or a change of one: a form by kind, whose complaints stand at the fields.

import { get, send } from '/api.js';
import { el } from '/dom.js';
import { t, word } from '/i18n.js';
import { evidenceAddress } from '/router.js';
import { KINDS, rowTitle } from '/parts/evidence_words.js';
import { dateInput, field, form, nameInput, selectInput, textArea, textInput } from '/parts/form.js';
import { SEVERITIES } from '/parts/findings.js';
import { readAll } from '/parts/lexicon.js';
import { trail } from '/parts/pieces.js';

// What two things a rule of each kind may be about.
const SIDES = {
    herb_drug: [['herb'], ['drug', 'drug_class']],
    formula_drug: [['formula'], ['drug', 'drug_class']],
    herb_herb: [['herb'], ['herb']],
    herb_condition: [['herb', 'formula'], ['condition']],
    procedure: [['procedure'], ['condition', 'drug', 'drug_class']],
};
const CLASSES = [
    'regulator_or_label',
    'human_trial',
    'observational',
    'case_report',
    'extrapolated',
    'animal',
    'in_vitro',
    'theoretical',
    'traditional_rule',
];
const DIRECTIONS = ['supports', 'conflicting', 'negative', 'beneficial'];
const THINGS = ['herb', 'formula', 'drug', 'drug_class', 'condition', 'product'];
const PATHS = { rule: 'rules', synonym: 'synonyms', ratio: 'ratios' };
const WHOLE = new Set(['lasting_days', 'stop_days_before']);

export async function viewEvidenceNew({ kind }, signal) {
    await Promise.all([readAll('herb', signal), readAll('formula', signal)]);
    if (!KINDS.includes(kind)) throw Object.assign(new Error(kind), { status: 404 });
    return view(kind, null, {});
}

export async function viewEvidenceChange({ kind, key }, signal) {
    const [now] = await Promise.all([
        get(`/api/v1/evidence/book/${kind}/${encodeURIComponent(key)}`, { signal }),
        readAll('herb', signal),
        readAll('formula', signal),
    ]);
    return view(kind, key, now.content);
}

function view(kind, key, content) {
    const title = key ? rowTitle(kind, key, content) : t(`book.new_${kind}`);
    const made = { rule: ruleFields, synonym: synonymFields, ratio: ratioFields }[kind](content, key);
    const why = whyFields(content, key);
    const fields = [...made.fields, ...why.fields];
    const act = async () => {
        const said = Object.fromEntries(fields.map(({ name, input, node }) => [name, node.hidden ? '' : input.value.trim()]));
        const proposal = await send('POST', `/api/v1/evidence/${PATHS[kind]}`, { ...body(said, key), ...identity(kind, key) });
        location.hash = evidenceAddress(kind, proposal.key);
    };
    const buttons = [
        el('button', { type: 'submit', class: 'btn btn-main' }, t('book.propose_this')),
        el('a', { class: 'btn btn-quiet', href: key ? evidenceAddress(kind, key) : '#/evidence' }, t('form.cancel')),
        el('span', { class: 'quiet' }, t('book.another_approves')),
    ];
    return {
        title,
        focus: () => fields.find(({ node, input }) => !node.hidden && !input.disabled).input,
        node: el(
            'div',
            { class: 'browse book-form' },
            trail(
                'nav.evidence',
                '#/evidence',
                key ? el('a', { href: evidenceAddress(kind, key) }, title) : t('book.propose'),
            ),
            el('div', { class: 'page-head' }, el('h1', null, key ? t('book.change_of', { name: title }) : title), !key && kindTabs(kind)),
            form('proposal-form', fields, buttons, act, made.nodes, why.node),
        ),
    };
}

const identity = (kind, key) => (key ? { [kind === 'rule' ? 'id' : 'herb_id']: key } : {});

// A new row leaves out what is empty; a change says null of what was emptied. Days are numbers.
function body(said, key) {
    const out = {};
    for (const [name, value] of Object.entries(said)) {
        if (name.startsWith('effective_') && !value) continue;
        if (value === '' && !key) continue;
        if (value === '') out[name] = null;
        else out[name] = WHOLE.has(name) ? Number(value) : value;
    }
    return out;
}

const kindTabs = (kind) =>
    el(
        'nav',
        { class: 'tabs', 'aria-label': t('book.kind') },
        KINDS.map((one) =>
            el(
                'a',
                { class: 'section', href: `#/evidence/new/${one}`, 'aria-current': one === kind ? 'page' : 'false' },
                word('row_kind', one),
            ),
        ),
    );

const options = (group, values) => values.map((value) => [value, word(group, value)]);
const optional = (group, values) => [['', t('form.none')], ...options(group, values)];
const part = (key, fields, kind = '') =>
    el(
        'fieldset',
        { class: `form-part card-box ${kind}` },
        el('legend', null, t(key)),
        el(
            'div',
            { class: 'form-grid' },
            fields.map(({ node }) => node),
        ),
    );

function ruleFields(content, key) {
    const general = content.kind === 'general';
    const sides = general ? [] : sideFields(content, key);
    const says = [
        of('severity', selectInput(content.severity ?? 'moderate', options('severity', SEVERITIES)), { needed: true }),
        of('effect', textArea(content.effect), { needed: true, wide: true, help: true }),
        of('action', textArea(content.action), { needed: true, wide: true, help: true }),
        of('mechanism', textArea(content.mechanism), { wide: true }),
    ];
    const evidence = [
        of('evidence_class', selectInput(content.evidence_class, optional('evidence', CLASSES))),
        of('evidence_direction', selectInput(content.evidence_direction, optional('direction', DIRECTIONS)), { help: true }),
        of('confidence', selectInput(content.confidence ?? 'medium', options('confidence', ['high', 'medium', 'low']))),
        of('evidence_level', textInput(content.evidence_level, { maxlength: '1000' }), { help: true }),
        of('note', textArea(content.note), { wide: true }),
    ];
    const limits = [
        of('threshold_g', textInput(content.threshold_g, { inputmode: 'decimal' }), { help: true }),
        of('below_severity', selectInput(content.below_severity, optional('severity', SEVERITIES)), { help: true }),
        of('lowers_to', selectInput(content.lowers_to, optional('severity', SEVERITIES)), { help: true }),
        of('lasting_days', numberInput(content.lasting_days, 400), { help: true }),
        of('stop_days_before', numberInput(content.stop_days_before, 60), { help: true }),
    ];
    if (general)
        return { fields: [...says, evidence[2]], nodes: [part('book.part_says', [...says, evidence[2]])] };
    return {
        fields: [...sides, ...says, ...evidence, ...limits],
        nodes: [
            part('book.part_sides', sides),
            part('book.part_says', says),
            part('book.part_evidence', evidence),
            part('book.part_limits', limits),
        ],
    };
}

const of = (name, input, { help, ...rest } = {}) =>
    field(name, `evidence_field.${name}`, input, { help: help && `book_help.${name}`, ...rest });

const numberInput = (value, most) => el('input', { type: 'number', class: 'form-control', min: '1', max: String(most), value: value ?? '' });

// Which kinds of things stand on each side follows the kind of rule.
function sideFields(content, key) {
    const kind = selectInput(content.kind ?? 'herb_drug', options('rule_kind', Object.keys(SIDES)));
    const subjectKind = selectInput(content.subject_kind, []);
    const objectKind = selectInput(content.object_kind, []);
    const fields = [
        of('kind', kind, { help: Boolean(key) }),
        of('subject_kind', subjectKind),
        of('subject_id', nameInput(content.subject_id, () => subjectKind.value), { needed: true, help: true }),
        of('object_kind', objectKind),
        of('object_id', nameInput(content.object_id, () => objectKind.value), { needed: true, help: true }),
    ];
    const follow = () => {
        const [subjects, objects] = SIDES[kind.value];
        fill(fields[1], subjects, content.subject_kind);
        fill(fields[3], objects, content.object_kind);
        call(fields[2], subjectKind);
        call(fields[4], objectKind);
    };

    kind.disabled = Boolean(key);
    kind.addEventListener('change', follow);
    subjectKind.addEventListener('change', () => call(fields[2], subjectKind));
    objectKind.addEventListener('change', () => call(fields[4], objectKind));
    follow();
    return fields;
}

// A choice of one is no choice: it is not shown, but said all the same.
function fill({ input, node }, kinds, before) {
    const chosen = [input.value, before].find((value) => kinds.includes(value)) ?? kinds[0];
    input.replaceChildren(
        ...kinds.map((value) => el('option', { value, selected: value === chosen }, word('thing', value))),
    );
    node.classList.toggle('one-choice', kinds.length === 1);
}

// A side is called what it holds.
function call(side, kind) {
    side.node.querySelector('label').firstChild.textContent = word('thing', kind.value);
}

function synonymFields() {
    const kind = selectInput('herb', options('thing', THINGS));
    const fields = [
        of('change', selectInput('set', [['set', t('book.name_new')], ['retire', t('book.name_out')]]), { wide: true }),
        of('thing_kind', kind),
        of('thing_id', nameInput('', () => kind.value), { needed: true, help: true }),
        of('synonym', textInput('', { maxlength: '120' }), { needed: true, help: true }),
    ];
    return { fields, nodes: [part('book.part_name', fields)] };
}

function ratioFields(content, key) {
    const herb = of('herb_id', nameInput(key ?? '', () => 'herb'), { needed: true, help: true });
    herb.input.disabled = Boolean(key);
    const decimal = (name) => textInput(content[name], { inputmode: 'decimal' });
    const fields = [
        herb,
        of('crude_g_per_g', decimal('crude_g_per_g'), { needed: true, help: true }),
        of('low', decimal('low'), { help: true }),
        of('high', decimal('high')),
        of('note', textArea(content.note), { wide: true }),
    ];
    return { fields, nodes: [part('book.part_ratio', fields)] };
}

function whyFields(content, key) {
    const fields = [
        of('citation', textArea(key ? content.citation : ''), { needed: true, wide: true, help: true }),
        of('reason', textArea(''), { needed: true, wide: true, help: true }),
        of('effective_from', dateInput(''), { help: true }),
        of('effective_to', dateInput(''), { help: true }),
    ];
    return { fields, node: part('book.part_why', fields) };
}
