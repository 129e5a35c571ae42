// A lot: what it is, where it lies and for which orders, what happened to it, its papers, its label, and what can be done with it.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { may } from '/session.js';
import { nameLink, readAll } from '/parts/lexicon.js';
import { placeAddress, supplierAddress } from '/parts/furnish.js';
import { lotActs } from '/parts/lot_acts.js';
import { lotFiles } from '/parts/lot_files.js';
import { lotMoves } from '/parts/lot_moves.js';
import { statusTag } from '/parts/lot_state.js';
import { factList, section } from '/parts/monograph.js';
import { fresh, happenedList, thingHead, trail } from '/parts/pieces.js';
import { shelfLabels } from '/parts/shelf_labels.js';
import { amountText, deliveryLink, doneNote, expiryText, figure, holdsGoods, itemAddress, itemName, refusalTag, stockTable } from '/parts/stock_pieces.js';
import { orderLink, traceAddress } from '/parts/trace_pieces.js';

export async function viewLot({ id }, signal) {
    const path = `/api/v1/lots/${encodeURIComponent(id)}`;
    const keeps = may('pharmacist', 'staff');
    const [lists] = await Promise.all([readLists(signal), readAll('herb', signal)]);
    const note = doneNote();
    const body = el('div', { class: 'lot-body' });

    const ask = async () => {
        const [lot, moves, files] = await Promise.all([
            get(path, { signal }),
            keeps ? get(`${path}/moves?newest=true&limit=20`, { signal }) : { rows: [] },
            may('pharmacist', 'staff', 'admin') ? get(`/api/v1/attachments?lot=${encodeURIComponent(id)}`, { signal }) : { rows: [] },
        ]);
        return { lot, moves: moves.rows, files: files.rows };
    };
    const shown = fresh(body, ask, (found) => replace(body, page(found, lists, done)));
    const done = async (text, extras) => {
        await shown.read();
        note.say(text, extras);
    };
    const { lot } = await shown.read();

    readWhen(['stock', 'lot', 'order'], shown.readUnlessWriting, signal, (event) => !event.items || event.items.includes(lot.item_id));
    return { title: `${t('stock.lot')} ${lot.lot_code}`, node: el('div', { class: 'browse' }, note.node, body) };
}

async function readLists(signal) {
    const [reasons, places] = await Promise.all([get('/api/v1/stock-reasons', { signal }), get('/api/v1/locations', { signal })]);
    return { reasons: reasons.rows, places: places.rows.filter(holdsGoods) };
}

const sum = (rows, name) => rows.reduce((all, row) => all + row[name], 0);

function page({ lot, moves, files }, lists, done) {
    const acts = lotActs(lot, lists, done);
    return el(
        'article',
        { class: 'monograph' },
        trail('nav.stock', '#/stock', el('a', { href: itemAddress(lot.item_id) }, lot.sku), icon('chevron'), lot.lot_code),
        head(lot),
        lot.asked.length > 0 &&
            el('p', { class: 'form-message', role: 'note' }, t('lot.asked', { n: lot.asked.length }), ' ', el('a', { href: '#/corrections' }, t('corrections.title'))),
        facts(lot),
        el(
            'div',
            { class: 'monograph-columns' },
            el(
                'div',
                { class: 'monograph-main' },
                section('lot.places', lot.places.length ? placeTable(lot) : el('p', { class: 'quiet' }, t('stock.no_lots'))),
                lot.reservations.length > 0 && section('lot.reserved_for', reservationList(lot)),
                section('lot.moves', may('pharmacist', 'staff') && lotMoves(lot, moves)),
            ),
            el(
                'aside',
                { class: 'monograph-side' },
                section('lot.acts', acts),
                may('pharmacist', 'staff') && section('lot.label', shelfLabels([{ lot_id: lot.id }], `/api/v1/lots/${lot.id}/label`, `lot-${lot.lot_code}`)),
                section('lot.files', lotFiles(lot, files, done)),
                lot.events.length > 0 && section('lot.events', happenedList(lot.events.map(({ status, reason, by, at }) => ({ text: [word('lot_status', status), reason].filter(Boolean).join(': '), by, at })))),
            ),
        ),
    );
}

function head(lot) {
    return thingHead(
        el('h1', { class: 'book-title' }, `${t('stock.lot')} `, el('span', { class: 'lot-title' }, lot.lot_code), statusTag(lot.status)),
        el('p', { class: 'monograph-third' }, el('a', { href: itemAddress(lot.item_id) }, itemName(lot)), lot.herb_id && [' · ', nameLink('herb', lot.herb_id)]),
        may('pharmacist', 'staff') && el('a', { class: 'btn btn-quiet', href: traceAddress(lot.id) }, icon('fork'), t('trace.link')),
    );
}

function facts(lot) {
    const delivery = lot.receipts.map(({ id, invoice, received_at: at, undone }) => [
        deliveryLink(id, invoice),
        ` · ${day(at)}${undone ? ` · ${t('delivery.undone')}` : ''} `,
    ]);
    return factList(
        [
            ['stock.free', amountText(lot, sum(lot.places.filter(({ refusal }) => !refusal), 'free'))],
            ['stock.reserved', sum(lot.places, 'reserved') > 0 && amountText(lot, sum(lot.places, 'reserved'))],
            ['stock.on_hand', amountText(lot, sum(lot.places, 'quantity'))],
            ['stock.expires', expiryText(lot)],
            ['lot.made_on', lot.made_on && day(lot.made_on)],
            ['lot.supplier', el('a', { href: supplierAddress(lot.supplier_id) }, lot.supplier_name)],
            ['lot.delivery', delivery],
            ['lot.certificate', lot.certificate],
            ['lot.status_reason', lot.status_reason],
        ],
        'property-strip',
    );
}

function placeTable(lot) {
    const heads = ['stock.place', ['stock.quantity', 'amount'], ['stock.reserved', 'amount'], ['stock.free', 'amount'], 'stock.state'];
    return stockTable(
        heads,
        lot.places,
        (place) => [
            { 'data-place': place.location },
            [el('a', { href: placeAddress(place.location_id), class: 'row-link' }, place.location), place.name !== place.location && el('span', { class: 'row-below' }, place.name)],
            figure('stock.quantity', amountText(lot, place.quantity)),
            figure('stock.reserved', place.reserved ? amountText(lot, place.reserved) : ''),
            figure('stock.free', amountText(lot, place.free)),
            el('td', null, refusalTag(place.refusal)),
        ],
        'places-table',
    );
}

function reservationList(lot) {
    return el(
        'ul',
        { class: 'link-list' },
        lot.reservations.map((row) =>
            el(
                'li',
                null,
                el('span', null, orderLink(row.order_id), ' ', el('span', { class: `tag state-${row.state}` }, word('order', row.state))),
                el('span', { class: 'quiet' }, `${amountText(lot, row.quantity)} · ${row.location} · ${row.until ? t('lot.until', { at: clock(new Date(row.until)) }) : t('lot.until_over')}`),
            ),
        ),
    );
}
