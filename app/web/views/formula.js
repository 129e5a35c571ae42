// The page of one formula: what is in it, in which role and how much, what it treats, how it is taken, what it must not meet.

import { get } from '/api.js';
import { el, icon } from '/dom.js';
import { t, word } from '/i18n.js';
import { known, nameLink, namesOf, readAll } from '/parts/lexicon.js';
import { bullets, factList, gramsText, paragraph, rulesTable, section, words } from '/parts/monograph.js';
import { monographHead, sources, withMonograph } from '/views/herb.js';

const ROLES = ['chief', 'deputy', 'assistant', 'assistant-envoy', 'envoy'];

export async function viewFormula({ id }, signal) {
    const [row] = await Promise.all([
        get(`/api/v1/formulas/${encodeURIComponent(id)}`, { signal }),
        readAll('herb', signal),
        readAll('formula', signal),
    ]);
    const formula = withMonograph(row);
    return { title: namesOf(formula).first, node: page(formula) };
}

function page(formula) {
    return el(
        'article',
        { class: 'monograph' },
        el(
            'nav',
            { class: 'trail', 'aria-label': t('nav.formulas') },
            el('a', { href: '#/formulas' }, t('nav.formulas')),
            icon('chevron'),
            word('category', formula.category),
        ),
        monographHead(formula, [], 'formula.check'),
        factList(
            [
                ['formula.pattern', formula.pattern_treated],
                ['formula.text', formula.source_text],
                ['formula.author', formula.author_dynasty],
                ['formula.forms', words('form', formula.usual_forms)],
            ],
            'property-strip',
        ),
        el(
            'div',
            { class: 'monograph-columns' },
            el(
                'div',
                { class: 'monograph-main' },
                section('formula.composition', composition(formula)),
                bullets('herb.actions', formula.actions),
                bullets('herb.indications', formula.indications),
                paragraph('formula.signs', formula.key_signs),
                bullets('herb.cautions', formula.cautions, 'bullets-warn'),
                section(
                    'formula.interactions',
                    rulesTable(formula.rules, formula.id),
                    el('p', { class: 'quiet' }, t('formula.interactions_hint')),
                ),
            ),
            el(
                'aside',
                { class: 'monograph-side' },
                section(
                    'herb.names',
                    factList([
                        ['herb.simplified', el('span', { lang: 'zh-Hans', class: 'hanzi' }, formula.hanzi)],
                        [
                            'herb.traditional',
                            el('span', { lang: 'zh-Hant', class: 'hanzi' }, formula.hanzi_traditional),
                        ],
                        ['herb.english', formula.english],
                        ['herb.synonyms', formula.synonyms.join(', ')],
                    ]),
                ),
                paragraph('formula.directions', formula.decoction_directions),
                paragraph('formula.course', formula.course_note),
                bullets('formula.modern_uses', formula.modern_uses),
                paragraph('herb.notes', formula.notes),
                sources(formula),
            ),
        ),
    );
}

function composition(formula) {
    const items = [...formula.items].sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.seq - b.seq);
    const most = Math.max(...items.map((item) => item.grams ?? 0), 1);
    const total = items.reduce((sum, item) => sum + Math.round((item.grams ?? 0) * 1000), 0) / 1000;
    return [
        el(
            'table',
            { class: 'items' },
            el(
                'thead',
                null,
                el(
                    'tr',
                    null,
                    [
                        ['formula.herb'],
                        ['formula.role'],
                        ['formula.processing', 'item-processing'],
                        ['formula.grams', 'amount'],
                    ].map(([key, kind]) => el('th', { scope: 'col', class: kind }, t(key))),
                ),
            ),
            el(
                'tbody',
                null,
                items.map((item) => itemRow(item, most)),
            ),
            el(
                'tfoot',
                null,
                el(
                    'tr',
                    null,
                    el('th', { scope: 'row' }, t('formula.total')),
                    el('td'),
                    el('td', { class: 'item-processing' }),
                    el('td', { class: 'amount' }, `${total} g`),
                ),
            ),
        ),
        el('p', { class: 'quiet' }, `${t('formula.basis')}: ${word('basis', formula.dose_basis)}`),
    ];
}

function itemRow(item, most) {
    const bar = el('span', { class: 'bar', 'aria-hidden': 'true' });
    const notes = () => [
        [item.processing, item.item_note].filter(Boolean).join('; '),
        ' ',
        isTrue(item.exceeds_chp_max) && el('span', { class: 'tag tag-warn' }, t('formula.exceeds')),
    ];
    bar.style.setProperty('--share', String((item.grams ?? 0) / most));
    return el(
        'tr',
        { class: `role-${item.role}` },
        el(
            'th',
            { scope: 'row' },
            known('herb', item.herb_id) ? nameLink('herb', item.herb_id) : item.herb_id,
            el('span', { class: 'item-below', lang: 'en' }, notes()),
        ),
        el('td', { class: 'item-role' }, word('role', item.role)),
        el('td', { class: 'item-processing', lang: 'en' }, notes()),
        el('td', { class: 'amount' }, bar, gramsText(item.grams) || '–'),
    );
}

const isTrue = (value) => value === true || value === 'yes';
