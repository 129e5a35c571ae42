// Lists of herbs and formulas, narrowed as one types: by any name, and by category.

import { el, replace } from '/dom.js';
import { t, word } from '/i18n.js';
import { strings } from '/strings.js';
import { filterSelect, searchField } from '/parts/filters.js';
import { addressOf, nameNode, namesOf, plainName, readAll } from '/parts/lexicon.js';
import { herbBadges } from '/parts/monograph.js';
import { pageHead } from '/parts/pieces.js';

const NARROW_AFTER_MS = 80;
const kept = { herb: { q: '', category: '' }, formula: { q: '', category: '' } };

export const viewHerbs = (_, signal) => browse('herb', 'nav.herbs', 'list.herbs_lead', 'list.search_herbs', signal);
export const viewFormulas = (_, signal) =>
    browse('formula', 'nav.formulas', 'list.formulas_lead', 'list.search_formulas', signal);

async function browse(kind, titleKey, leadKey, searchKey, signal) {
    const rows = (await readAll(kind, signal)).map((row) => ({ row, text: searchText(row) }));
    const wanted = kept[kind];
    const list = el('div', { class: 'browse-list' });
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    const draw = () => drawList(kind, rows, wanted, list, count);
    const search = searchField(searchKey, wanted, 'q', draw, { hint: 'list.search_hint', afterMs: NARROW_AFTER_MS });
    const categories = categorySelect(rows, wanted, draw);

    draw();
    return {
        title: t(titleKey),
        focus: () => search.querySelector('input'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead(titleKey, leadKey),
            el('div', { class: 'browse-tools' }, search, categories, count),
            list,
        ),
    };
}

const searchText = (row) =>
    [
        row.pinyin,
        row.hanzi,
        row.hanzi_traditional,
        row.english,
        row.pharmaceutical_latin,
        row.botanical_latin,
        row.source_text,
    ]
        .map(plainName)
        .join('|');

function categorySelect(rows, wanted, draw) {
    const ids = inOrder(rows.map(({ row }) => row.category));
    const choices = [['', t('list.all')], ...ids.map((id) => [id, word('category', id)])];
    return filterSelect('list.category', wanted, 'category', choices, draw);
}

function drawList(kind, rows, wanted, list, count) {
    const asked = plainName(wanted.q);
    const found = rows
        .filter(({ row, text }) => text.includes(asked) && (!wanted.category || row.category === wanted.category))
        .map(({ row }) => row);
    const groups = groupByCategory(found);

    count.textContent = t('list.count', { n: found.length, all: rows.length });
    replace(
        list,
        found.length
            ? [...groups].map(([category, group]) => groupNode(kind, category, group))
            : el('p', { class: 'empty' }, t('list.none', { q: wanted.q })),
    );
}

// The categories that occur, as a materia medica orders them; ones it does not know come last.
function inOrder(categories) {
    const known = Object.keys(strings)
        .filter((key) => key.startsWith('category.'))
        .map((key) => key.slice('category.'.length));
    const place = (category) => (known.includes(category) ? known.indexOf(category) : known.length);
    return [...new Set(categories)].sort((a, b) => place(a) - place(b));
}

function groupByCategory(rows) {
    const groups = new Map(inOrder(rows.map((row) => row.category)).map((category) => [category, []]));
    for (const row of rows) groups.get(row.category).push(row);
    return groups;
}

function groupNode(kind, category, rows) {
    return el(
        'section',
        { class: 'group' },
        el('h2', null, word('category', category), el('span', { class: 'group-count' }, String(rows.length))),
        el(
            'ul',
            { class: 'cards' },
            rows.map((row) =>
                el(
                    'li',
                    null,
                    el(
                        'a',
                        { class: 'thing', href: addressOf(kind, row.id) },
                        nameNode(row),
                        el('span', { class: 'card-third' }, namesOf(row).third),
                        kind === 'herb'
                            ? herbLine(row)
                            : el('span', { class: 'card-line', lang: 'en' }, row.pattern_treated),
                    ),
                ),
            ),
        ),
    );
}

function herbLine(row) {
    const loud = herbBadges(row).filter((badge) => !badge.classList.contains('tag-calm'));
    return el(
        'span',
        { class: 'card-line' },
        el('span', { class: `nature nature-${row.nature}` }, word('nature', row.nature)),
        row.dose_max_g ? t('herb.dose_range', { min: row.dose_min_g, max: row.dose_max_g }) : null,
        loud,
    );
}
