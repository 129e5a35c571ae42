// The evidence book: the shop's own rules, names and ratios with how each stands, and the rules that hold today, its own beside
// the reference's.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { evidenceAddress } from '/router.js';
import { may } from '/session.js';
import { contentFacts, daysText, KINDS, rowTitle, STANDINGS, standingTag } from '/parts/evidence_words.js';
import { filterSelect, searchField } from '/parts/filters.js';
import { severityBadge } from '/parts/findings.js';
import { readAll } from '/parts/lexicon.js';
import { ruleSummary } from '/parts/monograph.js';
import { pageHead, stackTable } from '/parts/pieces.js';

const PAGE = 100;
const RULES_MOST = 60;
export const PROPOSERS = ['curator', 'pharmacist', 'practitioner'];

const kept = { q: '', kind: '', standing: '' };
const keptRules = { q: '', origin: '' };

export async function viewEvidence(_, signal) {
    const list = el('div', { class: 'book' });
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    const read = async () => {
        const rows = await askBook(signal);
        replace(list, rows.length ? bookTable(rows) : emptyBook());
        count.textContent = rows.length ? t('book.count', { n: rows.length === PAGE ? `${PAGE}+` : rows.length }) : '';
        if (rows.length === PAGE) list.append(moreButton(list, rows.at(-1).id, signal));
    };

    await Promise.all([readAll('herb', signal), readAll('formula', signal)]);
    await read();
    return {
        title: t('nav.evidence'),
        node: el(
            'div',
            { class: 'browse' },
            bookHead('#/evidence'),
            el(
                'div',
                { class: 'browse-tools' },
                searchField('book.search', kept, 'q', read),
                filterSelect('book.kind', kept, 'kind', choices('book.all_kinds', 'row_kind', KINDS), read),
                filterSelect('book.standing', kept, 'standing', choices('book.any', 'standing', STANDINGS), read),
                count,
            ),
            list,
        ),
    };
}

const choices = (all, group, values) => [['', t(all)], ...values.map((value) => [value, word(group, value)])];

async function askBook(signal, before) {
    const asked = new URLSearchParams({ limit: PAGE });
    for (const [name, value] of Object.entries({ ...kept, before })) if (value) asked.set(name, value);
    const { rows } = await get(`/api/v1/evidence/book?${asked}`, { signal });
    return rows;
}

function moreButton(list, before, signal) {
    const button = el('button', { type: 'button', class: 'btn btn-quiet' }, t('work.more'));
    button.addEventListener('click', async () => {
        const rows = await askBook(signal, before);
        list.querySelector('tbody').append(...rows.map(bookRow));
        button.replaceWith(rows.length === PAGE ? moreButton(list, rows.at(-1).id, signal) : '');
    });
    return button;
}

// The title, what can be done with the book as a whole, and its two sides.
export function bookHead(address) {
    const sides = [
        ['#/evidence', 'book.own'],
        ['#/evidence/rules', 'book.rules'],
    ];
    return [
        pageHead('nav.evidence', 'book.lead'),
        el(
            'div',
            { class: 'book-head' },
            el(
                'nav',
                { class: 'tabs', 'aria-label': t('nav.evidence') },
                sides.map(([href, key]) =>
                    el('a', { class: 'section', href, 'aria-current': href === address ? 'page' : 'false' }, t(key)),
                ),
            ),
            el('div', { class: 'papers' }, bookTools()),
        ),
    ];
}

// What can be done with the book as a whole.
function bookTools() {
    const mayPropose = may(...PROPOSERS);
    return [
        el(
            'a',
            { class: 'btn btn-quiet btn-small', href: '/api/v1/reports/evidence-book?format=xlsx', download: '' },
            icon('download'),
            t('book.download'),
        ),
        mayPropose &&
            el('a', { class: 'btn btn-quiet btn-small', href: '#/evidence/upload' }, icon('upload'), t('book.upload')),
        mayPropose &&
            el('a', { class: 'btn btn-main btn-small', href: '#/evidence/new/rule' }, icon('plus'), t('book.propose')),
    ];
}

function emptyBook() {
    const narrowed = kept.q || kept.kind || kept.standing;
    return el(
        'div',
        { class: 'empty' },
        el('p', { class: 'empty-icon' }, icon('book')),
        el('p', { class: 'empty-title' }, t(narrowed ? 'book.no_match' : 'book.empty')),
        !narrowed && el('p', null, t('book.empty_lead')),
    );
}

function bookTable(rows) {
    const heads = [['book.row'], ['book.says'], ['book.standing'], ['book.days', 'wide-only'], ['book.newest', 'wide-only']];
    return stackTable('book-table', heads, rows.map(bookRow));
}

function bookRow(row) {
    return el(
        'tr',
        { 'data-key': row.key },
        el(
            'th',
            { scope: 'row' },
            el('a', { class: 'row-link', href: evidenceAddress(row.kind, row.key) }, rowTitle(row.kind, row.key, row.content)),
            el('span', { class: 'row-below' }, word('row_kind', row.kind), row.kind === 'rule' && ` · ${row.key}`),
        ),
        el('td', null, says(row)),
        el(
            'td',
            null,
            standingTag(row.standing),
            row.waiting > 0 && el('span', { class: 'tag tag-warn' }, t('book.waiting', { n: row.waiting })),
        ),
        el('td', { class: 'quiet wide-only' }, rowDays(row)),
        el(
            'td',
            { class: 'quiet wide-only' },
            [row.newest_author, row.newest_at && day(row.newest_at)].filter(Boolean).join(' · '),
        ),
    );
}

function says({ kind, content }) {
    if (!content) return '';
    if (kind === 'ratio') return t('book.ratio', { n: content.crude_g_per_g ?? '–' });
    if (kind === 'synonym') return el('span', { class: 'strong' }, content.synonym);
    return el('span', { class: 'rule-says' }, severityBadge(content.severity), ' ', el('span', { lang: 'en' }, content.effect));
}

function rowDays(row) {
    if (row.standing === 'ended') return t('book.until', { to: day(row.ended_on) });
    return [
        daysText(row.effective_from, row.effective_to),
        row.next_from && t('book.next_from', { from: day(row.next_from) }),
    ]
        .filter(Boolean)
        .join(' · ');
}

// The rules that hold for the shop today; each opens to all it says, and leads to its page.
export async function viewEvidenceRules(_, signal) {
    const list = el('div', { class: 'book' });
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    const read = async () => {
        const asked = new URLSearchParams({ limit: RULES_MOST });
        for (const [name, value] of Object.entries(keptRules)) if (value) asked.set(name, value);
        const { rows } = await get(`/api/v1/evidence/rules?${asked}`, { signal });
        replace(
            list,
            rows.length
                ? el('ul', { class: 'rules' }, rows.map(ruleRow))
                : el('p', { class: 'empty' }, t('list.none', { q: keptRules.q })),
        );
        count.textContent = t(rows.length === RULES_MOST ? 'book.first_rules' : 'book.count', { n: rows.length });
    };

    await Promise.all([readAll('herb', signal), readAll('formula', signal)]);
    await read();
    return {
        title: t('book.rules'),
        node: el(
            'div',
            { class: 'browse' },
            bookHead('#/evidence/rules'),
            el(
                'div',
                { class: 'browse-tools' },
                searchField('book.search_rules', keptRules, 'q', read),
                filterSelect('book.origin', keptRules, 'origin', choices('book.any_origin', 'origin', ['shop', 'reference']), read),
                count,
            ),
            list,
        ),
    };
}

function ruleRow(rule) {
    return el(
        'li',
        { class: `rule edge-${rule.severity}`, 'data-key': rule.id },
        el(
            'details',
            null,
            ruleSummary(rule, rowTitle('rule', rule.id, rule)),
            el(
                'div',
                { class: 'rule-body' },
                el(
                    'p',
                    { class: 'tags' },
                    el('span', { class: rule.origin === 'shop' ? 'tag tag-high' : 'tag' }, word('origin', rule.origin)),
                    rule.retired && standingTag('retired'),
                    rule.proposed > 0 && el('span', { class: 'tag tag-warn' }, t('book.waiting', { n: rule.proposed })),
                ),
                contentFacts('rule', rule),
                el('p', null, el('a', { href: evidenceAddress('rule', rule.id) }, t('book.open', { key: rule.id }))),
            ),
        ),
    );
}

