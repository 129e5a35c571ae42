// Findings as a person reads them: the gravest first, each with its word and shape beside its colour, who meets whom, what
// may happen, what to do, and how sure the source is.

import { append, el, icon } from '/dom.js';
import { isChinese, t, word } from '/i18n.js';
import { known, nameLink, namesOf } from '/parts/lexicon.js';

export const SEVERITIES = ['contraindicated', 'major', 'moderate', 'minor'];

// What stands on each side of a finding of this kind.
const SUBJECTS = { formula_drug: 'formula', procedure: 'procedure' };
const OBJECTS = { herb_herb: 'herb' };

export const subjectKind = (finding) => SUBJECTS[finding.kind] ?? 'herb';
export const objectKind = (finding) => OBJECTS[finding.kind] ?? 'other';

// How many of each severity there are: [['major', 2], …], the gravest first.
export function countBySeverity(findings) {
    return SEVERITIES
        .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length])
        .filter(([, n]) => n > 0);
}

export function severityBadge(severity, n) {
    return el('span', { class: `badge-severity severity-${severity}` }, icon(severity),
        el('span', null, n === undefined ? t(`severity.${severity}`) : `${n} ${lower(t(`severity.${severity}`))}`));
}

const lower = (text) => (isChinese() ? text : text.toLowerCase());

// The line above the findings, also read out when it changes.
export function summaryText(findings) {
    return countBySeverity(findings).map(([severity, n]) => `${n} ${lower(t(`severity.${severity}`))}`).join(' · ');
}

// A finding's two sides as plain text.
export function sideText(kind, side) {
    if (!side)
        return '';
    const row = known(kind, side.id);
    if (!row)
        return conditionName(side) ?? side.name ?? side.typed ?? '';
    const { first, second } = namesOf(row);
    return second ? `${first} ${second}` : first;
}

const conditionName = (side) => {
    const text = word('condition', side.id);
    return text !== String(side.id ?? '').replaceAll('_', ' ') ? text : null;
};

function sideNode(kind, side) {
    if (known(kind, side.id))
        return nameLink(kind, side.id, side.name);
    return el('span', { class: 'name' }, el('span', { class: 'name-first' }, sideText(kind, side)));
}

// "typed “Coumadin”", unless the name says so already.
function typedNote(side, kind) {
    const typed = side?.typed;
    if (!typed || typed === side.id || sideText(kind, side).toLowerCase().includes(typed.toLowerCase()))
        return null;
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

export function grams(mg) {
    return mg ? `${String(mg / 1000)} g` : '';
}

export function findingCard(finding) {
    const via = viaNames(finding);
    const rule = finding.rule?.id ?? finding.rule;
    const where = [
        word('kind', finding.kind),
        via.length && t('finding.in', { names: via.join(' → ') }),
        finding.daily_mg && `${grams(finding.daily_mg)} / ${t('finding.day')}`,
    ].filter(Boolean);
    return el('li', { class: `finding edge-${finding.severity}`, 'data-rule': rule ?? '', 'data-severity': finding.severity },
        el('div', { class: 'finding-head' },
            severityBadge(finding.severity),
            heading(finding, via.length > 0)),
        el('p', { class: 'finding-via' }, where.join(' · '),
            rule && el('span', { class: 'finding-rule', title: t('finding.rule') }, rule)),
        facts(finding),
        finding.evidence || finding.citation || finding.mechanism ? more(finding) : null);
}

// Who meets whom. The formula that brought the herb in is named below, not also as what was typed.
function heading(finding, inFormula) {
    const { subject, object } = finding;
    if (!subject)
        return el('h3', { class: 'finding-title' }, sideText('other', object) || word('kind', finding.kind));
    const title = el('h3', { class: 'finding-title' }, side(subjectKind(finding), subject, !inFormula));
    if (object && (object.id || object.name))
        append(title, [' ', el('span', { class: 'meets', 'aria-label': '+' }, '×'), ' ', side(objectKind(finding), object, true)]);
    return title;
}

function side(kind, one, withTyped) {
    return el('span', { class: 'side' }, sideNode(kind, one), withTyped && [' ', typedNote(one, kind)]);
}

function facts(finding) {
    const list = el('dl', { class: 'finding-facts' });
    const effect = [finding.detail, finding.effect].filter(Boolean).join(' · ');
    if (effect)
        list.append(fact(t('finding.effect'), effect));
    if (finding.action)
        list.append(fact(t('finding.action'), finding.action, 'fact-action'));
    return list.children.length ? list : null;
}

function fact(name, text, kind = '') {
    return el('div', { class: `fact ${kind}` }, el('dt', null, name), el('dd', { lang: 'en' }, text));
}

function more(finding) {
    const evidence = finding.evidence;
    const rows = [
        ['finding.mechanism', finding.mechanism],
        ['finding.citation', finding.citation],
        ['finding.citation_seen', finding.citation_seen],
        ['finding.note', finding.note],
        ['finding.confidence', finding.confidence && word('confidence', finding.confidence)],
    ].filter(([, text]) => text);
    return el('details', { class: 'finding-more' },
        el('summary', null, icon('chevron'), el('span', { class: 'more-word' }, t('finding.more')),
            evidence && el('span', { class: 'evidence', title: t('finding.evidence') }, `${t('finding.evidence')}: `, el('span', { lang: 'en' }, evidence))),
        el('dl', { class: 'more-facts' }, rows.map(([key, text]) => fact(t(key), text))));
}

// The same, for the clipboard.
export function findingText(finding) {
    const title = [sideText(subjectKind(finding), finding.subject), sideText(objectKind(finding), finding.object)]
        .filter(Boolean).join(' × ') || word('kind', finding.kind);
    const via = viaNames(finding);
    return [
        `${t(`severity.${finding.severity}`).toUpperCase()}: ${title}${via.length ? ` (${t('finding.in', { names: via.join(', ') })})` : ''}`,
        (finding.detail || finding.effect) && `  ${t('finding.effect')}: ${[finding.detail, finding.effect].filter(Boolean).join(' · ')}`,
        finding.action && `  ${t('finding.action')}: ${finding.action}`,
        finding.evidence && `  ${t('finding.evidence')}: ${finding.evidence}`,
        finding.citation && `  ${t('finding.citation')}: ${finding.citation}`,
    ].filter(Boolean).join('\n');
}
