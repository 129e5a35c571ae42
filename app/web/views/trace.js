// A lot forward and back on one screen: supplier, delivery, purchase order and certificate; the lot and what was made of it; where all
// of that lies, whom it went to and for whom it waits.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { may } from '/session.js';
import { amountOf } from '/parts/count_words.js';
import { statusTag } from '/parts/lot_state.js';
import { factList } from '/parts/monograph.js';
import { fresh, thingHead, trail } from '/parts/pieces.js';
import { deliveryAddress, expiryText, itemAddress, itemName, lotAddress, plainName, purchaseAddress } from '/parts/stock_pieces.js';
import { lotLink, orderLink, reachOf } from '/parts/trace_pieces.js';
import { recallAddress } from '/views/recalls.js';

export async function viewTrace({ id }, signal) {
    const node = el('div', { class: 'browse' });
    const shown = fresh(
        node,
        () => get(`/api/v1/lots/${encodeURIComponent(id)}/trace`, { signal }),
        (trace) => replace(node, page(trace)),
    );
    const trace = await shown.read();
    readWhen(['stock', 'lot', 'order'], shown.readUnlessWriting, signal);
    return { title: t('trace.title', { lot: trace.lot_code }), node };
}

function page(trace) {
    return el(
        'article',
        { class: 'monograph trace' },
        trail('nav.stock', '#/stock', el('a', { href: itemAddress(trace.item_id) }, trace.sku), icon('chevron'), el('a', { href: lotAddress(trace.id) }, trace.lot_code), icon('chevron'), t('trace.trace')),
        head(trace),
        trace.recalls.map(recalled),
        el(
            'div',
            { class: 'trace-columns' },
            el('section', { class: 'trace-part' }, el('h2', null, t('trace.from')), cameFrom(trace)),
            el('section', { class: 'trace-part' }, el('h2', null, t('trace.the_lot')), theLot(trace)),
            el('section', { class: 'trace-part' }, el('h2', null, t('trace.to')), wentTo(trace)),
        ),
    );
}

function head(trace) {
    const book = `/api/v1/reports/trace?${new URLSearchParams({ lot: trace.lot_code, format: 'xlsx' })}`;
    return thingHead(
        el('h1', null, t('trace.title', { lot: trace.lot_code }), ' ', statusTag(trace.status)),
        [el('p', { class: 'monograph-third' }, itemName(trace)), el('p', { class: 'quiet' }, reachOf(trace))],
        [
            el('a', { class: 'btn btn-quiet', href: book, download: `trace-${trace.lot_code}.xlsx` }, icon('sheet'), t('trace.workbook')),
            may('pharmacist') && !isBarred(trace) && el('a', { class: 'btn btn-quiet', href: `#/recalls?lot=${trace.id}` }, icon('contraindicated'), t('trace.recall')),
        ],
    );
}

const isBarred = (trace) => trace.recalls.some((one) => !one.mock && !one.ended_at);

function recalled(recall) {
    const values = { id: recall.id, when: clock(new Date(recall.started_at)) };
    return el(
        'p',
        { class: recall.mock || recall.ended_at ? 'next-why' : 'form-message', role: 'note' },
        el('a', { href: recallAddress(recall.id) }, t(recall.mock ? 'trace.mock_recalled' : 'trace.recalled', values)),
        ` · ${recall.reason}`,
    );
}

const list = (rows, otherwise = 'trace.nothing') => (rows.length ? el('ul', { class: 'link-list trace-list' }, rows.map((row) => el('li', null, row))) : el('p', { class: 'quiet' }, t(otherwise)));
const below = (...words) => el('span', { class: 'row-below' }, words.filter(Boolean).join(' · '));

const group = (key, content) => el('div', { class: 'trace-group' }, el('h3', null, t(key)), content);

function cameFrom(trace) {
    return [
        factList([
            ['trace.supplier', `${trace.supplier_name} (${trace.supplier})`],
            ['trace.certificate', trace.certificate],
        ]),
        group('trace.deliveries', list(trace.receipts.map(deliveryRow))),
        trace.papers.length > 0 && group('trace.papers', list(trace.papers.map(paperRow))),
        trace.made_of.length > 0 &&
            group('trace.of', list(trace.made_of.map((lot) => el('span', null, lotLink(lot), ' ', plainName(lot), below(lot.supplier, lot.expires_on && day(lot.expires_on), word('lot_status', lot.status)))))),
    ];
}

function deliveryRow(receipt) {
    const bought = receipt.purchase_order_id;
    return el(
        'span',
        null,
        el('a', { href: deliveryAddress(receipt.receipt_id) }, t('trace.delivery', { invoice: receipt.invoice })),
        ` ${receipt.supplier}`,
        below(clock(new Date(receipt.received_at)), receipt.received_by, !bought && t('trace.no_purchase')),
        bought && el('a', { class: 'row-below', href: purchaseAddress(bought) }, t('trace.purchase', { id: bought })),
    );
}

const paperRow = (paper) =>
    el(
        'span',
        { title: `SHA-256 ${paper.sha256}` },
        el('a', { class: 'file-name', href: `/api/v1/attachments/${paper.id}/content`, target: '_blank', rel: 'noopener' }, paper.file_name),
        below(word('file_kind', paper.kind)),
    );

function theLot(trace) {
    return [
        factList([
            ['lot.status_reason', trace.status_reason],
            ['stock.expires', expiryText(trace)],
            ['lot.made_on', trace.made_on && day(trace.made_on)],
        ]),
        group('trace.into', list(trace.made_into.map((lot) => madeRow(lot)))),
        group('trace.lies', list(trace.lies.map((one) => el('span', null, el('strong', null, one.location), ` ${amountOf(one, one.quantity)}`, below(one.lot_id === trace.id ? '' : one.lot_code))))),
    ];
}

const madeRow = (lot) =>
    el('span', null, lotLink(lot), ' ', plainName(lot), below(lot.batch_id ? t('trace.batch', { id: lot.batch_id }) : t('trace.repacked'), lot.expires_on && day(lot.expires_on), word('lot_status', lot.status)));

function wentTo(trace) {
    const given = [...trace.orders, ...trace.sales];
    return [
        group('trace.given', list(given.map((one) => personRow(trace, one)), 'trace.nobody')),
        group('trace.waits', list(trace.waiting.map((one) => personRow(trace, one)), 'trace.nobody')),
        trace.other_shops.length > 0 &&
            group('trace.shops', list(trace.other_shops.map((one) => el('span', null, one.to_shop, ` ${amountOf(one, one.quantity)}`, below(one.lot_code, one.open > 0 && t('trace.on_way', { amount: amountOf(one, one.open) })))))),
    ];
}

// Somebody with what they got, and the number to call.
function personRow(trace, one) {
    const document = one.order_id ? [t('given.order'), ' ', orderLink(one.order_id), ' ', el('span', { class: 'quiet' }, word('order', one.state))] : `${t('given.sale')} #${one.ticket_id}`;
    return el(
        'span',
        { 'data-patient': one.patient_code },
        el('strong', null, one.patient || t('trace.unnamed')),
        one.phone && [' ', el('a', { href: `tel:${one.phone.replace(/[^+\d]/g, '')}` }, one.phone)],
        el('span', { class: 'row-below' }, document, ` · ${amountOf(one, one.quantity)}`, one.lot_id !== trace.id && ` · ${one.lot_code}`, one.at && ` · ${day(one.at)}`),
    );
}
