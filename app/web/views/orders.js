// The shop's orders: what waits for the reader first, then what waits for others; or all of a state, newest first. A label's bar code
// scanned into the box opens its order.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { ago, day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { filterSelect, searchField } from '/parts/filters.js';
import { gramsOf } from '/parts/monograph.js';
import { EXITS, OPEN_STATES, whoMay } from '/parts/order_steps.js';
import { fresh, pageHead, stackTable, tableHead, waitingGroup } from '/parts/pieces.js';
import { orderAddress } from '/router.js';
import { returnsLink } from '/views/returns.js';

export const STATES = [...OPEN_STATES, 'handed_over', ...EXITS];

const WAITING = 'waiting';
const kept = { state: WAITING, q: '' };

export async function viewOrders(_, signal) {
    const list = el('div', { class: 'orders' });
    const ask = async () => {
        const waits = kept.state === WAITING && !kept.q.trim();
        const { rows } = await get(waits ? '/api/v1/orders/waiting' : `/api/v1/orders?${wanted()}`, { signal });
        return { waits, rows };
    };
    const shown = fresh(list, ask, ({ waits, rows }) => replace(list, waits ? waiting(rows) : found(rows)));
    const search = searchField('orders.search', kept, 'q', shown.read, { hint: 'orders.search_hint' });
    search.addEventListener('keydown', (event) => event.key === 'Enter' && openOnly(kept.q, signal));

    const [back] = await Promise.all([returnsLink(signal), shown.read()]);
    readWhen(['order', 'work'], shown.readUnlessWriting, signal);
    return {
        title: t('nav.orders'),
        focus: () => search.querySelector('input'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('nav.orders', 'orders.lead', back),
            el('div', { class: 'browse-tools' }, search, filterSelect('orders.state', kept, 'state', states(), shown.read)),
            list,
        ),
    };
}

const states = () => [
    [WAITING, t('orders.waiting')],
    ['', t('orders.all')],
    ...STATES.map((state) => [state, word('order', state)]),
];

// Enter goes to the order that is meant, when it is only one.
async function openOnly(text, signal) {
    if (!text.trim()) return;
    try {
        const { rows } = await get(`/api/v1/orders?${new URLSearchParams({ q: text.trim(), limit: 2 })}`, { signal });
        if (rows.length !== 1) return;
        kept.q = '';
        location.hash = orderAddress(rows[0].id);
    } catch {
        // The list says what there is.
    }
}

function wanted() {
    const asked = new URLSearchParams(kept.state && kept.state !== WAITING ? { state: kept.state } : {});
    if (kept.q.trim()) asked.set('q', kept.q.trim());
    return asked;
}

const found = (rows) => (rows.length ? table(rows) : el('p', { class: 'empty' }, t('orders.none')));

function waiting(rows) {
    const all = rows.map((row) => ({ ...row, ...(row.step === 'stopped' ? { may: false, why: '' } : whoMay(row.step, { order: row, bench: row })) }));
    const mine = all.filter((row) => row.may);
    const others = all.filter((row) => !row.may);
    if (!all.length) return el('p', { class: 'empty' }, t('orders.nothing_waits'));
    return [
        waitingGroup('orders.for_you', mine, waitingTable, el('p', { class: 'quiet' }, t('orders.nothing_for_you'))),
        others.length > 0 && waitingGroup('orders.for_others', others, waitingTable),
    ];
}

function waitingTable(rows) {
    const heads = ['orders.number', 'next.kicker', 'orders.patient', 'orders.form', ['orders.total', 'amount'], 'orders.entered'];
    return stackTable('waiting-table', heads, rows.map(waitingRow));
}

function waitingRow(order) {
    const why = order.why || (order.filler_id && order.step === 'weigh' && t('orders.weighing', { name: order.filler_name }));
    return el(
        'tr',
        { 'data-order': order.id },
        el('th', { scope: 'row' }, el('a', { href: orderAddress(order.id), class: 'row-link' }, `#${order.id}`)),
        el(
            'td',
            null,
            el('span', { class: `tag ${order.stopped ? 'tag-warn' : `state-${order.state}`}` }, t(`next.${order.step}`)),
            order.weighed > 0 && order.state === 'released' && el('span', { class: 'quiet' }, ` ${order.weighed}/${order.lots}`),
            why && el('span', { class: 'row-below' }, icon('person'), ' ', why),
        ),
        el('td', null, order.patient_name, ' ', el('span', { class: 'quiet' }, order.patient_code)),
        el('td', null, word('form', order.dosage_form), ' ', el('span', { class: 'quiet' }, t('orders.herbs', { n: order.lines }))),
        el('td', { class: 'amount' }, gramsOf(order.total_mg)),
        el('td', { class: 'quiet' }, ago(new Date(order.created_at))),
    );
}

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
