// An order back to every lot in it: its supplier, deliveries and certificate, and what it was made of.

import { get } from '/api.js';
import { el, icon } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { orderAddress } from '/router.js';
import { amountOf } from '/parts/count_words.js';
import { trail } from '/parts/pieces.js';
import { deliveryAddress, figure, stockTable } from '/parts/stock_pieces.js';
import { lotLink } from '/parts/trace_pieces.js';

const HEADS = ['trace.herb', 'stock.lot', ['trace.amount', 'amount'], 'trace.supplier', 'trace.deliveries', 'trace.of'];

export async function viewOrderTrace({ id }, signal) {
    const trace = await get(`/api/v1/orders/${encodeURIComponent(id)}/trace`, { signal });
    const title = t('trace.order_title', { id: trace.id });
    return {
        title,
        node: el(
            'div',
            { class: 'browse' },
            trail('nav.orders', '#/orders', el('a', { href: orderAddress(trace.id) }, `#${trace.id}`), icon('chevron'), t('trace.trace')),
            el('div', { class: 'page-head' }, el('div', null, el('h1', null, title), el('p', { class: 'lead' }, [trace.patient, trace.patient_code].join(' · ')))),
            trace.lots.length ? stockTable(HEADS, trace.lots, lotCells, 'order-trace') : el('p', { class: 'empty' }, t('trace.no_lots')),
        ),
    };
}

function lotCells(lot) {
    const deliveries = lot.receipts.map((one) => el('span', { class: 'trace-one' }, el('a', { href: deliveryAddress(one.receipt_id) }, t('trace.delivery', { invoice: one.invoice })), ` ${day(one.received_at)}`));
    const below = (...words) => el('span', { class: 'row-below' }, words.filter(Boolean).join(' · '));
    return [
        { 'data-lot': lot.lot_code },
        [lot.herb, below(lot.sku)],
        figure('stock.lot', [lotLink(lot), below(word('lot_status', lot.status), lot.expires_on && day(lot.expires_on))], ''),
        figure('trace.amount', [amountOf(lot, lot.quantity), below(t(lot.booked ? 'trace.booked' : 'trace.set_aside'))]),
        figure('trace.supplier', [lot.supplier, lot.certificate && below(`${t('trace.certificate')}: ${lot.certificate}`)], ''),
        figure('trace.deliveries', deliveries.length > 0 && deliveries, ''),
        figure('trace.of', lot.made_of.length > 0 && lot.made_of.map((one) => el('span', { class: 'trace-one' }, lotLink(one), ` ${one.name} · ${one.supplier}`)), ''),
    ];
}
