// What happened to a lot, newest first: the end of its ledger, the whole of it on demand.

import { get } from '/api.js';
import { el, replace } from '/dom.js';
import { clock, t, word } from '/i18n.js';
import { orderAddress } from '/router.js';
import { stackTable } from '/parts/pieces.js';
import { amountText, deliveryAddress, figure } from '/parts/stock_pieces.js';

const SHOWN = 20;
const PAGE = 1000;

export function lotMoves(lot, newest) {
    const place = el('div', { class: 'lot-moves' });
    const all = el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: () => showAll() } }, t('moves.all'));
    const showAll = async () => {
        all.disabled = true;
        try {
            replace(place, table(lot, await readAll(lot)));
        } catch (problem) {
            all.disabled = false;
            place.append(el('p', { class: 'form-message', role: 'alert' }, problem.message));
        }
    };

    replace(place, newest.length ? table(lot, newest) : el('p', { class: 'quiet' }, t('moves.none')), newest.length === SHOWN && all);
    return place;
}

async function readAll(lot) {
    const moves = [];
    for (;;) {
        const { rows } = await get(`/api/v1/lots/${lot.id}/moves?after=${moves.at(-1)?.id ?? 0}&limit=${PAGE}`);
        moves.push(...rows);
        if (rows.length < PAGE) return moves.reverse();
    }
}

function table(lot, moves) {
    const heads = ['moves.when', 'moves.what', ['stock.quantity', 'amount'], 'moves.way', 'moves.who'];
    return stackTable('lots-table moves-table', heads, moves.map((move) => row(lot, move)));
}

function row(lot, move) {
    return el(
        'tr',
        { 'data-move': move.reason },
        el('td', { class: 'quiet' }, clock(new Date(move.at))),
        el(
            'td',
            null,
            word('move', move.reason),
            move.order_id && [' ', el('a', { href: orderAddress(move.order_id) }, `#${move.order_id}`)],
            move.receipt_id && [' ', el('a', { href: deliveryAddress(move.receipt_id) }, t('moves.delivery', { id: move.receipt_id }))],
            move.note && el('span', { class: 'row-below' }, move.note),
        ),
        figure('stock.quantity', amountText(lot, move.quantity)),
        el('td', null, `${move.from_location} → ${move.to_location}`),
        el('td', { class: 'quiet' }, move.by),
    );
}
