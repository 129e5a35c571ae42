// Pieces that the pages of herbs and formulas share: sections, lists, badges, the table of rules.

import { el, icon } from '/dom.js';
import { t, word } from '/i18n.js';
import { evidenceAddress } from '/router.js';
import { may } from '/session.js';
import { objectKind, sideText, severityBadge, SEVERITIES, subjectKind } from '/parts/findings.js';
import { known, nameLink, nameNode } from '/parts/lexicon.js';

const RULES_AT_FIRST = 12;
const KINDS = ['formula_drug', 'herb_drug', 'herb_herb', 'herb_condition', 'procedure'];
const ABBREVIATIONS = new Set([
    'ace',
    'arb',
    'ccb',
    'cyp2c8',
    'cyp3a4',
    'doac',
    'hcv',
    'hiv',
    'maoi',
    'mtor',
    'nnrti',
    'nsaid',
    'pgp',
    'ppi',
    'qt',
    'snri',
    'ssri',
    'tca',
    'vka',
]);

// A cell of the reference data that holds several values: "sweet;acrid".
export function listOf(value) {
    if (Array.isArray(value)) return value;
    return String(value ?? '')
        .split(';')
        .map((part) => part.trim())
        .filter(Boolean);
}

// A titled part of the page; nothing when there is nothing to say.
export function section(key, ...children) {
    const content = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
    if (!content.length) return null;
    const id = `part-${key.replaceAll('.', '-')}`;
    return el('section', { class: 'part', 'aria-labelledby': id }, el('h2', { id }, t(key)), content);
}

export function bullets(key, value, kind = '') {
    const rows = listOf(value);
    return rows.length
        ? section(
              key,
              el(
                  'ul',
                  { class: `bullets ${kind}`, lang: 'en' },
                  rows.map((row) => el('li', null, sentence(row))),
              ),
          )
        : null;
}

// The data begins its phrases small; a list line begins with a capital.
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export function paragraph(key, text) {
    return text ? section(key, el('p', { lang: 'en' }, sentence(text))) : null;
}

// Names and values: rows of [key of the name, value (text, node or list of them)]; empty ones are left out.
export function factList(rows, kind = '') {
    const kept = rows.filter(([, value]) => value && value.length !== 0);
    return el(
        'dl',
        { class: `fact-list ${kind}` },
        kept.map(([key, value]) => el('div', null, el('dt', null, t(key)), el('dd', null, value))),
    );
}

export const words = (group, value) =>
    listOf(value)
        .map((one) => word(group, one))
        .join(' · ');

// Toxicity, pregnancy and legal status, loud only where there is something to be loud about.
export function herbBadges(herb) {
    return [
        herb.status &&
            herb.status !== 'ok' &&
            badge(herb.status === 'restricted' ? 'warn' : 'stop', word('status', herb.status)),
        herb.toxicity &&
            herb.toxicity !== 'none' &&
            badge(herb.toxicity === 'slightly toxic' ? 'warn' : 'stop', word('toxicity', herb.toxicity)),
        herb.pregnancy &&
            badge(
                { contraindicated: 'stop', caution: 'warn' }[herb.pregnancy] ?? 'calm',
                word('pregnancy', herb.pregnancy),
            ),
    ].filter(Boolean);
}

const badge = (tone, text) =>
    el(
        'span',
        { class: `tag tag-${tone}` },
        tone !== 'calm' && icon(tone === 'stop' ? 'contraindicated' : 'major'),
        text,
    );

// The rules of a herb or a formula, the gravest first, the shop's own marked; what the shop took out of use stands last. A long list
// is opened on demand.
export function rulesTable(rules, self) {
    if (!rules?.length) return el('p', { class: 'quiet' }, t('herb.interactions_none'));
    const place = (rule) =>
        (rule.retired ? 1000 : 0) +
        SEVERITIES.indexOf(rule.severity) * KINDS.length +
        KINDS.indexOf(rule.kind) -
        (rule.own ? 0.5 : 0);
    const sorted = [...rules].sort((a, b) => place(a) - place(b));
    return longList(
        'rules',
        sorted.map((rule) => ruleRow(rule, self)),
        RULES_AT_FIRST,
    );
}

// A list whose end is opened on demand.
export function longList(kind, rows, atFirst) {
    const list = el('ul', { class: kind }, rows);
    const rest = rows.slice(atFirst);
    if (!rest.length) return [list];
    const all = el(
        'button',
        {
            type: 'button',
            class: 'btn btn-quiet btn-small',
            on: {
                click: () => {
                    for (const row of rest) row.hidden = false;
                    rest[0].querySelector('summary, a')?.focus();
                    all.remove();
                },
            },
        },
        t('list.show_all', { n: rows.length }),
    );
    for (const row of rest) row.hidden = true;
    return [list, all];
}

// Weights of the shop come as whole milligrams.
export const gramsOf = (mg) => (mg ? `${mg / 1000} g` : '');

export const gramsText = (grams) => (grams ? `${grams} g` : '');

// Drug classes are known by their ids; what is an abbreviation there is written as one.
export const classWords = (text) =>
    text
        .split('_')
        .map((part) => (ABBREVIATIONS.has(part) ? part.toUpperCase() : part))
        .join(' ');

// The line of a rule that opens to the rest: how grave, with what, a mark of whose it is, and what may happen.
export function ruleSummary(rule, meets, mark) {
    return el(
        'summary',
        null,
        severityBadge(rule.severity),
        el('span', { class: 'rule-with' }, meets),
        el('span', { class: 'rule-effect' }, mark, mark && ' ', el('span', { lang: 'en' }, rule.effect)),
        icon('chevron'),
    );
}

function ruleRow(rule, self) {
    const isSubject = (rule.subject_id ?? self) === self;
    const other = { id: isSubject ? rule.object_id : rule.subject_id, name: rule.object_name };
    const kind = isSubject ? objectKind(rule) : subjectKind(rule);
    const page = known(kind, other.id);
    const facts = [
        ['finding.mechanism', rule.mechanism],
        ['finding.evidence', rule.evidence_level || (rule.evidence_class && word('evidence', rule.evidence_class))],
        ['finding.citation', rule.citation || rule.source],
        ['finding.citation_seen', rule.citation_seen],
        ['finding.note', rule.note],
        ['finding.confidence', rule.confidence && word('confidence', rule.confidence)],
        ['finding.rule', rule.id ?? rule.rule_id],
        [
            'herb.rule_reference',
            rule.own &&
                rule.reference_severity &&
                rule.reference_severity !== rule.severity &&
                t(`severity.${rule.reference_severity}`),
        ],
    ];
    const mark = rule.retired ? 'herb.rule_retired' : 'herb.rule_own';
    return el(
        'li',
        { class: `rule edge-${rule.severity} ${rule.retired ? 'rule-retired' : ''}` },
        el(
            'details',
            null,
            ruleSummary(
                rule,
                page ? nameNode(page) : sentence(classWords(sideText(kind, other))),
                rule.own && el('span', { class: 'tag tag-high rule-own' }, t(mark)),
            ),
            el(
                'div',
                { class: 'rule-body' },
                rule.action && el('p', { class: 'rule-action', lang: 'en' }, rule.action),
                factList(facts),
                page && el('p', null, nameLink(kind, other.id)),
                may('curator', 'pharmacist', 'practitioner') &&
                    el(
                        'p',
                        { class: 'quiet' },
                        el('a', { href: evidenceAddress('rule', rule.id ?? rule.rule_id) }, t('book.in_book')),
                    ),
            ),
        ),
    );
}
