// Past and waiting sales: found by the number of a ticket or a receipt, by customer, or by state; each opens at the counter, where it
// goes on, or where money is given back.

import { get } from '/api.js';
import { el, replace } from '/dom.js';
import { clock, t, word } from '/i18n.js';
import { may } from '/session.js';
import { ticketAddress } from '/parts/counter_sale.js';
import { counterTabs, ticketTag } from '/parts/counter_tabs.js';
import { filterSelect, searchField } from '/parts/filters.js';
import { moneyText } from '/parts/money.js';
import { stackTable } from '/parts/pieces.js';
import { notYours } from '/views/counter.js';

const STATES = ['open', 'quoted', 'paid', 'refunded', 'voided', 'cancelled'];
const PAGE = 50;
const kept = { q: '', state: '' };

export async function viewTickets(_, signal) {
    if (!may('pharmacist', 'staff')) return notYours();
    const list = el('div', { class: 'counter-tickets' });
    const read = async (before) => {
        const asked = new URLSearchParams({ limit: PAGE, ...(kept.state && { state: kept.state }), ...(kept.q.trim() && { q: kept.q.trim() }), ...(before && { before }) });
        return (await get(`/api/v1/tickets?${asked}`, { signal })).rows;
    };
    const show = async () => {
        const rows = await read();
        replace(list, rows.length ? pages(rows, read) : el('p', { class: 'empty' }, t('counter.no_tickets')));
        return rows;
    };
    const search = searchField('counter.find', kept, 'q', show, { hint: 'counter.find_hint' });
    search.addEventListener('keydown', (event) => event.key === 'Enter' && openOnly(show));

    await show();
    return {
        title: t('counter.tickets'),
        focus: () => search.querySelector('input'),
        node: el(
            'div',
            { class: 'counter' },
            el('div', { class: 'page-head' }, el('h1', null, t('counter.tickets')), counterTabs('#/counter/tickets')),
            el('div', { class: 'browse-tools' }, search, filterSelect('orders.state', kept, 'state', [['', t('orders.all')], ...STATES.map((state) => [state, word('ticket', state)])], show)),
            list,
        ),
    };
}

// Enter opens the sale that is meant, when it is only one.
async function openOnly(show) {
    const rows = await show().catch(() => []);
    if (kept.q.trim() && rows.length === 1) location.hash = ticketAddress(rows[0].id);
}

function pages(rows, read) {
    const table = stackTable('tickets-table', ['counter.number', 'counter.receipt', 'orders.state', 'counter.customer', ['counter.total', 'amount'], 'counter.when', 'orders.by'], rows.map(ticketRow));
    const more = el('button', { type: 'button', class: 'btn btn-quiet list-rest', hidden: rows.length < PAGE }, t('counter.older'));
    let last = rows.at(-1).id;
    more.addEventListener('click', async () => {
        const next = await read(last).catch(() => []);
        last = next.at(-1)?.id ?? last;
        more.hidden = next.length < PAGE;
        table.querySelector('tbody').append(...next.map(ticketRow));
    });
    return [table, more];
}

function ticketRow(ticket) {
    return el(
        'tr',
        { 'data-ticket': ticket.id },
        el('th', { scope: 'row' }, el('a', { href: ticketAddress(ticket.id), class: 'row-link' }, t('counter.sale', { id: ticket.id }))),
        el('td', null, ticket.receipt_no && t('counter.receipt_no', { no: ticket.receipt_no })),
        el('td', null, ticketTag(ticket.state)),
        el('td', null, ticket.patient_name ?? ''),
        el('td', { class: 'amount' }, ticket.total_cents === null ? t('counter.line_count', { n: ticket.lines }) : moneyText(ticket.total_cents)),
        el('td', { class: 'quiet' }, clock(new Date(ticket.paid_at ?? ticket.created_at))),
        el('td', { class: 'quiet' }, ticket.created_by),
    );
}
