// The herbs of an order with the lots they come from, and the lots that were passed over.

import { el } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { known, nameLink } from '/parts/lexicon.js';
import { isCounted } from '/parts/grams.js';
import { gramsOf, section } from '/parts/monograph.js';
import { tableHead } from '/parts/pieces.js';

export function orderLines({ lines: wanted, lots }) {
    const heads = [
        ['formula.herb'],
        ['orders.wanted', 'amount'],
        ['orders.reserved', 'amount wide-only'],
        ['orders.weighed', 'amount'],
    ];
    return el(
        'table',
        { class: 'items' },
        tableHead(heads),
        wanted.map((line) =>
            lineBody(
                line,
                lots.filter((lot) => lot.line_no === line.line_no),
            ),
        ),
    );
}

const amountOf = (row, amount) => (amount ? (isCounted(row) ? `× ${amount}` : gramsOf(amount)) : '–');

// A herb and, below it, the lots it comes from.
function lineBody(line, lots) {
    return el(
        'tbody',
        null,
        el(
            'tr',
            null,
            el('th', { scope: 'row' }, line.herb_id && known('herb', line.herb_id) ? nameLink('herb', line.herb_id) : line.pinyin),
            el('td', { class: 'amount' }, amountOf(line, line.wanted_mg)),
            el('td', { class: 'amount wide-only' }, amountOf(line, line.reserved_mg)),
            el('td', { class: 'amount' }, amountOf(line, line.weighed_mg)),
        ),
        lots.map(lotRow),
    );
}

function lotRow(lot) {
    return el(
        'tr',
        { class: 'lot' },
        el(
            'td',
            { colspan: '2' },
            el('span', { class: 'lot-code' }, lot.lot_code),
            ' ',
            [lot.expires_on && t('orders.expires', { day: day(lot.expires_on) }), lot.location].filter(Boolean).join(' · '),
            lot.approved_by && el('span', { class: 'tag tag-warn' }, t('orders.approved_by', { name: lot.approved_by })),
        ),
        el('td', { class: 'amount wide-only' }, amountOf(lot, lot.planned_mg)),
        el('td', { class: 'amount' }, amountOf(lot, lot.weighed_mg)),
    );
}

export function passedOver(lots) {
    if (!lots?.length) return null;
    return section(
        'orders.passed_over',
        el(
            'ul',
            { class: 'link-list' },
            lots.map((lot) =>
                el(
                    'li',
                    null,
                    el('span', null, lot.pinyin, ' ', el('span', { class: 'lot-code' }, lot.lot_code)),
                    el('span', { class: 'quiet' }, word('passed_over', lot.reason)),
                ),
            ),
        ),
    );
}
