// Who buys: a patient or nobody known, and the group of customers whose prices hold; and the orders that wait to be paid.

import { get } from '/api.js';
import { el, icon } from '/dom.js';
import { t, word } from '/i18n.js';
import { field, selectInput, textInput } from '/parts/form.js';
import { patientSearch } from '/parts/patient_search.js';
import { groupChoices } from '/parts/price_pieces.js';
import { add } from '/parts/counter_box.js';
import { stateTag } from '/views/orders.js';

const ORDERS_SHOWN = 6;

export async function readUnpaid(s) {
    const patient = s.sold?.ticket.patient_id;
    s.unpaid = (await get(`/api/v1/orders/unpaid${patient ? `?patient=${patient}` : ''}`, { signal: s.signal })).rows;
}

export function customerCard(s) {
    const ticket = s.sold?.ticket;
    const set = (change) => s.run(async () => {
        const now = { ...(ticket?.patient_id && { patient_id: ticket.patient_id }), ...(ticket?.customer_group && { customer_group: ticket.customer_group }), ...change };
        const body = Object.fromEntries(Object.entries(now).filter(([, value]) => value));
        if (s.isOpen()) await s.change('PUT', '', body);
        else await s.put('', body);
        await readUnpaid(s);
        s.draw();
    });
    return el(
        'section',
        { class: 'card-box counter-customer' },
        ticket?.patient_id ? chosen(ticket, () => set({ patient_id: null })) : search(s, (row) => set({ patient_id: row.id })),
        groupField(s, ticket, set),
    );
}

function chosen(ticket, drop) {
    return el(
        'p',
        { class: 'counter-who' },
        icon('person'),
        el('span', null, el('span', { class: 'strong' }, ticket.patient_name), ' ', el('span', { class: 'quiet' }, ticket.patient_code)),
        el('button', { type: 'button', class: 'entry-remove', 'aria-label': t('counter.no_customer'), title: t('counter.no_customer'), on: { click: drop } }, icon('close')),
    );
}

function search(s, choose) {
    const input = textInput('', { maxlength: '120', spellcheck: 'false', placeholder: t('rx.patient_hint') });
    const one = field('patient_id', 'counter.customer', input);
    return [one.node, patientSearch(input, choose, s.signal)];
}

function groupField(s, ticket, set) {
    const choices = groupChoices(s.shop.lists, 'counter.no_group', ticket?.customer_group);
    if (choices.length === 1) return null;
    const select = selectInput(ticket?.customer_group ?? '', choices);
    select.addEventListener('change', () => set({ customer_group: select.value }));
    return field('customer_group', 'counter.group', select).node;
}

// Orders nobody paid yet: of the customer, or all, those ready to be handed over first.
export function unpaidOrders(s) {
    const on = new Set((s.sold?.lines ?? []).map((line) => line.order_id));
    const rows = s.unpaid.filter(({ id }) => !on.has(id));
    if (!rows.length) return null;
    const list = (some) => el('ul', { class: 'counter-orders' }, some.map((order) => el('li', null, orderButton(s, order))));
    return el(
        'section',
        { class: 'card-box' },
        el('h2', { class: 'counter-head' }, t('counter.unpaid')),
        list(rows.slice(0, ORDERS_SHOWN)),
        rows.length > ORDERS_SHOWN && el('details', { class: 'rest' }, el('summary', null, icon('chevron'), t('counter.more_orders', { n: rows.length - ORDERS_SHOWN })), list(rows.slice(ORDERS_SHOWN))),
    );
}

function orderButton(s, order) {
    const put = () => s.run(() => add(s, { order_id: order.id }));
    return el(
        'button',
        { type: 'button', class: 'counter-choice', 'data-order': order.id, on: { click: put } },
        el('span', { class: 'strong' }, `#${order.id} ${order.patient_name}`),
        el('span', null, stateTag(order.state)),
        el('span', { class: 'quiet' }, [order.patient_code, word('form', order.dosage_form)].join(' · ')),
    );
}
