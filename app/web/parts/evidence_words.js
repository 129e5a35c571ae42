// How rows of the evidence book are named and shown: a rule by what meets what, a name by what it means, a ratio by its herb.

import { el } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { strings } from '/strings.js';
import { severityBadge } from '/parts/findings.js';
import { known, namesOf } from '/parts/lexicon.js';
import { tableHead } from '/parts/pieces.js';
import { classWords, factList, sentence } from '/parts/monograph.js';

export const KINDS = ['rule', 'synonym', 'ratio'];
export const STANDINGS = [
    'waiting',
    'in_force',
    'upcoming',
    'ended',
    'retired',
    'reverted',
    'proposed',
    'rejected',
    'withdrawn',
];

// The fields of each kind of row, as they are shown and asked for.
export const CONTENT = {
    rule: [
        'severity',
        'effect',
        'action',
        'mechanism',
        'evidence_class',
        'evidence_level',
        'evidence_direction',
        'threshold_g',
        'below_severity',
        'lasting_days',
        'stop_days_before',
        'lowers_to',
        'note',
        'confidence',
        'citation',
    ],
    synonym: ['synonym', 'citation'],
    ratio: ['crude_g_per_g', 'low', 'high', 'note', 'citation'],
};

const ABOUT = ['kind', 'subject_kind', 'subject_id', 'object_kind', 'object_id'];

// Words of the data: the string group that translates a field's values.
const GROUPS = {
    severity: 'severity',
    below_severity: 'severity',
    lowers_to: 'severity',
    evidence_class: 'evidence',
    evidence_direction: 'direction',
    confidence: 'confidence',
    kind: 'rule_kind',
    subject_kind: 'thing',
    object_kind: 'thing',
};

// A herb, formula, medicine, class or condition by its id, in the reader's language.
export function thingName(kind, id) {
    const row = known(kind, id);
    if (row) return [namesOf(row).first, namesOf(row).second].filter(Boolean).join(' ');
    if (kind === 'condition' && strings[`condition.${id}`]) return t(`condition.${id}`);
    return sentence(classWords(String(id ?? '').replaceAll('-', ' ')));
}

// What the row is about, in a line.
export function rowTitle(kind, key, content = {}) {
    if (kind === 'synonym') {
        const [thing, id, ...name] = key.split(':');
        return `“${name.join(':')}” → ${thingName(thing, id)}`;
    }
    if (kind === 'ratio') return thingName('herb', key);
    if (!content?.subject_id) return content?.effect ? `${key}: ${content.effect}` : key;
    return [
        thingName(content.subject_kind, content.subject_id),
        thingName(content.object_kind, content.object_id),
    ].join(' × ');
}

// A field's value as text.
export function valueText(field, value) {
    if (value === null || value === undefined || value === '') return '';
    return GROUPS[field] ? word(GROUPS[field], value) : String(value);
}

export function contentFacts(kind, content) {
    const shown = (field) =>
        field === 'severity' && content.severity ? severityBadge(content.severity) : valueText(field, content[field]);
    return factList(
        CONTENT[kind].map((field) => [`evidence_field.${field}`, shown(field)]),
        'facts-wide',
    );
}

// What a proposal changes, field by field, from what to what.
export function changesTable(changes) {
    if (!changes?.length) return null;
    const order = [...ABOUT, ...CONTENT.rule, ...CONTENT.ratio, ...CONTENT.synonym];
    const sorted = [...changes].sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
    const heads = ['book.field', 'book.from', 'book.to'];
    return el(
        'table',
        { class: 'items changes' },
        tableHead(heads),
        el(
            'tbody',
            null,
            sorted.map(({ field, from, to }) =>
                el(
                    'tr',
                    null,
                    el('th', { scope: 'row' }, word('evidence_field', field)),
                    el('td', { class: 'change-from' }, cell(field, from)),
                    el('td', { class: 'change-to' }, cell(field, to)),
                ),
            ),
        ),
    );
}

const cell = (field, value) => valueText(field, value) || el('span', { class: 'quiet' }, '–');

// "from 1 Dec 2026", "from … to …".
export function daysText(from, to) {
    if (!from) return '';
    return to ? t('book.from_to', { from: day(from), to: day(to) }) : t('book.from_day', { from: day(from) });
}

const TONES = {
    in_force: 'tag-high',
    upcoming: 'tag-minor',
    proposed: 'tag-warn',
    retired: 'tag-stop',
    rejected: 'tag-stop',
    approved: 'tag-high',
};

export const standingTag = (standing) =>
    el('span', { class: `tag ${TONES[standing] ?? ''}` }, word('standing', standing));
