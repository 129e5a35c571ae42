// The lots of an order at the bench: which one a scanned or typed code means, which comes next, and how they are shown.

import { query } from '/api.js';
import { el, icon } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { amountText, bandOf, gramsText, isCounted } from '/parts/grams.js';
import { hanziOf, known } from '/parts/lexicon.js';

export const keyOf = (row) => `${row.line_no}-${row.lot_id}-${row.location_id}`;

const same = (a, b) => a.toUpperCase() === b.toUpperCase();

const isNamed = (row, text) => same(row.lot_code, text) || same(row.own_code, text) || same(row.location, text);

// { row } that a code means, those still to do first; or { what } it is instead, in words.
export async function lotMeant(rows, text, toDo) {
    const here = (test) => rows.find((row) => test(row) && toDo(row)) ?? rows.find(test);
    const row = here((one) => isNamed(one, text));
    if (row) return { row };
    try {
        const { readings } = await query('/api/v1/scans', { code: text });
        for (const { item, lot_code: lot } of readings) {
            const found = item && here((one) => one.sku === item.sku && (!lot || same(one.lot_code, lot)));
            if (found) return { row: found };
        }
        const [first] = readings;
        return { what: [first?.item?.name ?? first?.item?.sku, first?.lot_code].filter(Boolean).join(', ') || text };
    } catch (problem) {
        if (problem.status >= 500 || !problem.status) throw problem;
        return { what: text };
    }
}

// "not X, but lot Y of Z in drawer W": what was scanned, and what is wanted.
export const notMeant = (what, row) =>
    row
        ? t('bench.not_meant', { what, lot: row.lot_code, herb: herbText(row), place: row.location })
        : t('bench.not_of_order', { what });

export function herbText(row) {
    return `${hanziOf(known('herb', row.herb_id) ?? row) || row.hanzi} ${row.pinyin}`;
}

// What is in hand, large: what it is called, and what it should weigh.
export function handTop(first, second, planned, permille, row = {}) {
    const [least, most] = bandOf(planned, permille);
    return el(
        'div',
        { class: 'bench-top' },
        el('div', { class: 'bench-herb' }, el('p', { class: 'bench-hanzi' }, first), el('p', { class: 'bench-pinyin' }, second)),
        el(
            'div',
            { class: 'bench-target' },
            el('p', { class: 'bench-grams' }, amountText(row, planned)),
            !isCounted(row) && el('p', { class: 'quiet' }, t('bench.band', { least: gramsText(least), most: gramsText(most) })),
        ),
    );
}

// The lot in hand: what it is, how much, where it lies.
export function lotCard(row, tools) {
    const hanzi = el('span', { lang: 'zh' }, hanziOf(known('herb', row.herb_id) ?? row) || row.hanzi);
    return el(
        'section',
        { class: 'bench-card card-box', 'aria-label': herbText(row), 'data-lot': row.lot_code },
        handTop(hanzi, [row.pinyin, row.preparation].filter(Boolean).join(' · '), row.planned_mg, row.tolerance_permille, row),
        lotFacts(row),
        row.refusal && el('p', { class: 'form-message' }, t('bench.barred', { why: word('passed_over', row.refusal) })),
        tools,
    );
}

function lotFacts(row) {
    const fact = (key, text, kind = '') => el('div', null, el('dt', null, t(key)), el('dd', { class: kind }, text));
    return el(
        'dl',
        { class: 'bench-facts' },
        fact('stock.lot', row.lot_code, 'lot-code'),
        fact('bench.drawer', row.location),
        fact('stock.expires', row.expires_on ? day(row.expires_on) : t('stock.no_expiry')),
        fact('bench.left', amountText(row, row.there_mg)),
    );
}

// Every lot, drawer by drawer, as one walks; choosing one makes it the lot in hand.
export function lotList(rows, current, isDone, choose) {
    return el('ol', { class: 'bench-list' }, rows.map((row) => el('li', null, lotButton(row, row === current, isDone(row), choose))));
}

function lotButton(row, isCurrent, isDone, choose) {
    return el(
        'button',
        {
            type: 'button',
            class: isDone ? 'bench-lot bench-lot-done' : 'bench-lot',
            'aria-current': isCurrent ? 'true' : null,
            'data-row': keyOf(row),
            on: { click: () => choose(row) },
        },
        el('span', { class: 'bench-mark' }, isDone && icon('check'), isDone && el('span', { class: 'visually-hidden' }, t('bench.done'))),
        el('span', { class: 'bench-lot-herb' }, herbText(row)),
        el('span', { class: 'amount' }, amountText(row, row.weighed_mg ?? row.planned_mg)),
        el('span', { class: 'bench-lot-where' }, `${row.location} · `, el('span', { class: 'lot-code' }, row.lot_code), lotState(row)),
    );
}

function lotState(row) {
    const words = [
        row.identified_by && !row.weighed_mg && t('bench.looked_at_by', { name: row.identified_by }),
        row.approved_by && t('bench.accepted_by', { name: row.approved_by, mg: gramsText(row.approved_mg) }),
    ].filter(Boolean);
    return words.length > 0 && ` · ${words.join(' · ')}`;
}
