// Findings as a person reads them: the gravest first, each with its word and shape beside its colour, who meets whom, what
// may happen, what to do, and how sure the source is.

import { append, el, icon } from '/dom.js';
import { isChinese, t, word } from '/i18n.js';
import { known, nameLink, namesOf, plainName } from '/parts/lexicon.js';
import { splitDose } from '/parts/typed.js';

export const SEVERITIES = ['contraindicated', 'major', 'moderate', 'minor'];

const named = (one) => Boolean(one?.id || one?.name);

// What stands on each side of a finding of this kind.
const SUBJECTS = { formula_drug: 'formula', procedure: 'procedure' };
const OBJECTS = { herb_herb: 'herb', allergy: 'herb' };

// A dose, a duplicate or a regulation concerns one herb only; what it is measured against stands in its detail.
const ONE_SIDED = new Set(['dose', 'duplicate', 'regulation', 'toxicity', 'bleeding_load']);

function sides({ kind, subject, object }) {
    if (kind === 'medicines_not_asked') return {};
    return ONE_SIDED.has(kind) ? { subject } : { subject, object };
}

export const subjectKind = (finding) => SUBJECTS[finding.kind] ?? 'herb';
export const objectKind = (finding) => OBJECTS[finding.kind] ?? 'other';

// How many of each severity there are: [['major', 2], …], the gravest first.
export function countBySeverity(findings) {
    return SEVERITIES.map((severity) => [
        severity,
        findings.filter((finding) => finding.severity === severity).length,
    ]).filter(([, n]) => n > 0);
}

export function severityBadge(severity, n) {
    return el(
        'span',
        { class: `badge-severity severity-${severity}` },
        icon(severity),
        el('span', null, n === undefined ? t(`severity.${severity}`) : `${n} ${lower(t(`severity.${severity}`))}`),
    );
}

const lower = (text) => (isChinese() ? text : text.toLowerCase());

// The line above the findings, also read out when it changes.
export function summaryText(findings) {
    return countBySeverity(findings)
        .map(([severity, n]) => `${n} ${lower(t(`severity.${severity}`))}`)
        .join(' · ');
}

// A finding's two sides as plain text.
export function sideText(kind, side) {
    if (!side) return '';
    const row = known(kind, side.id);
    if (!row) return conditionName(side) ?? side.name ?? side.typed ?? '';
    const { first, second } = namesOf(row);
    return second ? `${first} ${second}` : first;
}

const conditionName = (side) => {
    const text = word('condition', side.id);
    return text !== String(side.id ?? '').replaceAll('_', ' ') ? text : null;
};

function sideNode(kind, side) {
    if (known(kind, side.id)) return nameLink(kind, side.id, side.name);
    return el('span', { class: 'name' }, el('span', { class: 'name-first' }, sideText(kind, side)));
}

// "typed “Coumadin”", unless the name says so already.
function typedNote(side, kind) {
    const typed = side?.typed;
    const name = splitDose(typed ?? '').name;
    if (!name || name === side.id || plainName(sideText(kind, side)).includes(plainName(name))) return null;
    return el('span', { class: 'typed-as' }, t('finding.as', { typed }));
}

// The formulas and processed forms between what was typed and the rule.
function viaNames(finding) {
    const ends = [finding.subject?.id, finding.object?.id];
    return (finding.via ?? [])
        .filter((id) => !ends.includes(id))
        .map((id) => known('formula', id) ?? known('herb', id))
        .filter(Boolean)
        .map((row) => namesOf(row).first);
}

// "in Bǔ Zhōng Yì Qì Tāng → Zhì Gān Cǎo"; of a load that several herbs add to, those herbs.
function way(finding) {
    const via = viaNames(finding);
    if (finding.kind === 'bleeding_load') return via.join(' + ');
    return via.length ? t('finding.in', { names: via.join(' → ') }) : '';
}

function grams(mg) {
    return mg ? `${String(mg / 1000)} g` : '';
}

export function findingCard(finding) {
    const rule = finding.rule?.id ?? finding.rule;
    const where = [
        named(sides(finding).subject) && word('kind', finding.kind),
        way(finding),
        finding.daily_mg && `${grams(finding.daily_mg)} / ${t('finding.day')}`,
    ].filter(Boolean);
    return el(
        'li',
        { class: `finding edge-${finding.severity}`, 'data-rule': rule ?? '', 'data-severity': finding.severity },
        el(
            'div',
            { class: 'finding-head' },
            severityBadge(finding.severity),
            heading(
                finding,
                (finding.via ?? []).some((id) => known('formula', id)),
            ),
        ),
        el(
            'p',
            { class: 'finding-via' },
            where.join(' · '),
            finding.assumed && el('span', { class: 'tag tag-unclear' }, t('finding.assumed')),
            finding.part_of_class && el('span', { class: 'tag' }, t('finding.part_of_class')),
            rule && el('span', { class: 'finding-rule', title: t('finding.rule') }, rule),
        ),
        facts(finding),
        finding.evidence || finding.citation || finding.mechanism ? more(finding) : null,
    );
}

// Who meets whom. The formula that brought the herb in is named below, not also as what was typed.
function heading(finding, inFormula) {
    const { subject, object } = sides(finding);
    if (!named(subject))
        return el(
            'h3',
            { class: 'finding-title' },
            named(object) ? side(objectKind(finding), object, true) : word('kind', finding.kind),
        );
    const title = el('h3', { class: 'finding-title' }, side(subjectKind(finding), subject, !inFormula));
    if (named(object))
        append(title, [
            ' ',
            el('span', { class: 'meets', 'aria-label': '+' }, '×'),
            ' ',
            side(objectKind(finding), object, true),
        ]);
    return title;
}

function side(kind, one, withTyped) {
    return el('span', { class: 'side' }, sideNode(kind, one), withTyped && [' ', typedNote(one, kind)]);
}

function facts(finding) {
    const list = el('dl', { class: 'finding-facts' });
    if (finding.detail && finding.kind !== 'bleeding_load') list.append(fact(t('finding.detail'), finding.detail));
    if (finding.effect) list.append(fact(t('finding.effect'), finding.effect));
    if (finding.action) list.append(fact(t('finding.action'), finding.action, 'fact-action'));
    return list.children.length ? list : null;
}

function fact(name, text, kind = '') {
    return el('div', { class: `fact ${kind}` }, el('dt', null, name), el('dd', { lang: 'en' }, text));
}

function more(finding) {
    const evidence = finding.evidence;
    const rows = [
        ['finding.detail', finding.kind === 'bleeding_load' && finding.detail],
        ['finding.mechanism', finding.mechanism],
        ['finding.citation', finding.citation],
        ['finding.citation_seen', finding.citation_seen],
        ['finding.note', finding.note],
        ['finding.confidence', finding.confidence && word('confidence', finding.confidence)],
        ...(finding.also ?? []).map((rule) => [
            'finding.also',
            [rule.rule, t(`severity.${rule.severity}`), rule.effect, rule.citation].filter(Boolean).join(' · '),
        ]),
    ].filter(([, text]) => text);
    return el(
        'details',
        { class: 'finding-more' },
        el(
            'summary',
            null,
            icon('chevron'),
            el('span', { class: 'more-word' }, t('finding.more')),
            evidence &&
                el(
                    'span',
                    { class: 'evidence', title: t('finding.evidence') },
                    `${t('finding.evidence')}: `,
                    el('span', { lang: 'en' }, evidence),
                ),
        ),
        el(
            'dl',
            { class: 'more-facts' },
            rows.map(([key, text]) => fact(t(key), text)),
        ),
    );
}

// Who meets whom, in a line of text.
export function findingTitle(finding) {
    const { subject, object } = sides(finding);
    const names = [sideText(subjectKind(finding), subject), sideText(objectKind(finding), object)];
    return names.filter(Boolean).join(' × ') || word('kind', finding.kind);
}

// The same, for the clipboard.
export function findingText(finding) {
    return [
        `${t(`severity.${finding.severity}`).toUpperCase()}: ${findingTitle(finding)}${way(finding) ? ` (${way(finding)})` : ''}`,
        finding.detail && `  ${t('finding.detail')}: ${finding.detail}`,
        finding.effect && `  ${t('finding.effect')}: ${finding.effect}`,
        finding.action && `  ${t('finding.action')}: ${finding.action}`,
        finding.evidence && `  ${t('finding.evidence')}: ${finding.evidence}`,
        finding.citation && `  ${t('finding.citation')}: ${finding.citation}`,
    ]
        .filter(Boolean)
        .join('\n');
}
