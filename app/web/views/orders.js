// The shop's orders, newest first, of one state or all.

import { get } from '/api.js';
import { el, replace } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { filterSelect } from '/parts/filters.js';
import { gramsOf } from '/parts/monograph.js';
import { pageHead, tableHead } from '/parts/pieces.js';
import { orderAddress } from '/router.js';

export const STATES = ['entered', 'short', 'allocated', 'released', 'weighed', 'checked', 'handed_over', 'cancelled', 'rejected', 'wasted'];

const kept = { state: '' };

export async function viewOrders(_, signal) {
    const list = el('div', { class: 'orders' });
    const read = async () => {
        const wanted = new URLSearchParams(kept.state ? { state: kept.state } : {});
        const { rows } = await get(`/api/v1/orders?${wanted}`, { signal });
        replace(list, rows.length ? table(rows) : el('p', { class: 'empty' }, t('orders.none')));
    };

    await read();
    readWhen(['order'], read, signal);
    return {
        title: t('nav.orders'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead(
                'nav.orders',
                'orders.lead',
                filterSelect('orders.state', kept, 'state', states(), read),
            ),
            list,
        ),
    };
}

const states = () => [['', t('orders.all')], ...STATES.map((state) => [state, word('order', state)])];

function table(rows) {
    const heads = ['orders.number', 'orders.patient', 'orders.state', 'orders.form', ['orders.total', 'amount'], 'orders.entered'];
    return el(
        'table',
        { class: 'items orders-table' },
        tableHead(heads),
        el('tbody', null, rows.map(orderRow)),
    );
}

function orderRow(order) {
    return el(
        'tr',
        null,
        el('th', { scope: 'row' }, el('a', { href: orderAddress(order.id), class: 'row-link' }, `#${order.id}`)),
        el('td', null, order.patient_name, ' ', el('span', { class: 'quiet' }, order.patient_code)),
        el('td', null, stateTag(order.state)),
        el(
            'td',
            { class: 'wide-only' },
            word('form', order.dosage_form),
            ' ',
            el('span', { class: 'quiet' }, t('orders.herbs', { n: order.lines })),
        ),
        el('td', { class: 'amount' }, gramsOf(order.total_mg)),
        el('td', { class: 'quiet wide-only' }, day(order.created_at)),
    );
}

export function stateTag(state) {
    return el('span', { class: `tag state-${state}` }, word('order', state));
}
