// The shop counter: one box for scans and names, the ticket as it grows, who buys, promo codes, and the money. Enter alone always does
// what comes next: to the payment, then to the next customer.

import { get } from '/api.js';
import { el, replace } from '/dom.js';
import { ago, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { may } from '/session.js';
import { choiceList, entered } from '/parts/counter_box.js';
import { customerCard, readUnpaid, unpaidOrders } from '/parts/counter_customer.js';
import { lineTable } from '/parts/counter_lines.js';
import { paidCard } from '/parts/counter_paid.js';
import { noDrawer, payCard, quote } from '/parts/counter_pay.js';
import { promoCard } from '/parts/counter_promo.js';
import { refundForms } from '/parts/counter_refund.js';
import { newSale, registerName, ticketAddress } from '/parts/counter_sale.js';
import { counterTabs, ticketTag } from '/parts/counter_tabs.js';
import { readLists } from '/parts/price_pieces.js';
import { scanBox } from '/parts/scan_box.js';

const ASIDE_MOST = 12;
const KINDS = ['cash', 'card', 'transfer', 'cheque', 'voucher', 'account']; // those most used first

export async function viewCounter({ id }, signal) {
    if (!may('pharmacist', 'staff')) return notYours();
    const s = newSale(signal);
    const head = el('header', { class: 'counter-top' });
    const body = el('div', { class: 'counter-body' });
    s.box = scanBox((text) => s.run(() => entered(s, text)), signal);
    s.draw = () => drawSale(s, head, body);
    s.go = () => goOn(s, body);
    s.focus = () => focusOf(s, body)?.focus();
    s.begin = () => s.run(() => begin(s));
    listen(s, body);

    await Promise.all([s.read(id), readShop(s)]);
    await Promise.all([readUnpaid(s), readAside(s)]);
    s.draw();
    meantOrder(s);
    readWhen(['stock', 'lot', 'order'], () => s.inTurn(() => refresh(s, body).catch(() => {})), signal);
    return { title: t('nav.counter'), node: el('div', { class: 'counter' }, head, s.box.node, body), focus: () => focusOf(s, body) };
}

export const notYours = () => ({
    title: t('nav.counter'),
    node: el('div', { class: 'counter' }, el('div', { class: 'page-head' }, el('h1', null, t('nav.counter')), counterTabs('#/counter')), el('p', { class: 'lead' }, t('counter.not_yours'))),
});

async function readShop(s) {
    const rows = (path) => get(`/api/v1/${path}`, { signal: s.signal }).then((answer) => answer.rows);
    const [lists, kinds, reasons, drawers] = await Promise.all([readLists(s.signal), ...['tender-kinds', 'refund-reasons', 'drawers?limit=50'].map(rows)]);
    s.shop = { kinds: kinds.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)), reasons, lists };
    s.drawer = drawers.find((one) => one.register === registerName() && one.state === 'open');
}

// Sales that were begun and wait: only where none is in hand.
async function readAside(s) {
    if (s.sold) return;
    const some = await Promise.all(['open', 'quoted'].map((state) => get(`/api/v1/tickets?state=${state}&limit=${ASIDE_MOST}`, { signal: s.signal })));
    s.aside = some.flatMap(({ rows }) => rows).sort((a, b) => b.id - a.id).slice(0, ASIDE_MOST);
}

async function begin(s) {
    await Promise.all([readUnpaid(s), readAside(s)]);
    s.box.say('');
    s.draw();
}

// Stock, lots and orders change while a sale is open, and prices with them. What somebody writes is left alone, and a sale that is over
// changes no more.
async function refresh(s, body) {
    const writes = () => body.querySelector(':is(input, select, textarea):focus');
    if (s.isOver() || writes()) return;
    const { sold, unpaid } = s;
    if (sold) await s.read();
    await readUnpaid(s);
    if (writes()) Object.assign(s, { sold, unpaid });
    else if (JSON.stringify([s.sold, s.unpaid]) !== JSON.stringify([sold, unpaid])) s.draw();
}

// A bare Enter.
function goOn(s, body) {
    if (s.state() === 'open' && s.sold.lines.length) return quote(s);
    if (s.isOver()) body.querySelector('.next-go')?.click();
    return null;
}

function focusOf(s, body) {
    if (s.state() === 'quoted' && !s.asking) return body.querySelector('.counter-tender input') ?? body.querySelector('.counter-tenders .counter-go');
    return s.isOver() ? body.querySelector('.next-go') : s.box.input;
}

// Escape gives up what the box asked for and comes back to it from anywhere; the arrows walk through what a name may mean.
function listen(s, body) {
    const escape = () => {
        if (s.asking || s.choices) {
            Object.assign(s, { asking: null, choices: null });
            s.draw();
        }
        s.box.input.focus();
    };
    const walk = (event, by) => {
        const all = [s.box.input, ...body.querySelectorAll('.counter-choices li .counter-choice')];
        const at = all.indexOf(document.activeElement);
        if (!s.choices || at < 0) return;
        event.preventDefault();
        all[(at + by + all.length) % all.length].focus();
    };
    const keys = (event) => {
        if (event.target.closest?.('header.top')) return;
        if (event.key === 'Escape') escape();
        else if (event.key === 'ArrowDown') walk(event, 1);
        else if (event.key === 'ArrowUp') walk(event, -1);
    };
    document.addEventListener('keydown', keys, { signal: s.signal });
}

// "#/counter?order=12": from the order's own page.
function meantOrder(s) {
    const [, order] = /[?&]order=(\d{1,15})$/.exec(location.hash) ?? [];
    if (!order) return;
    s.box.input.value = `#${order}`;
    s.box.say(t('counter.enter_order', { id: order }));
}

function drawSale(s, head, body) {
    replace(head, ...headOf(s));
    s.box.ask(prompt(s));
    replace(
        body,
        el('div', { class: 'counter-main' }, choiceList(s), s.sold?.lines.length ? lineTable(s) : empty(s)),
        el('aside', { class: 'counter-side' }, asideOf(s)),
        s.state() === 'paid' && refundForms(s),
    );
}

function prompt(s) {
    if (s.asking) return t('counter.ask_weight', { name: s.asking.name });
    if (s.isOver()) return t('counter.ask_next');
    return t(s.sold?.lines.length ? 'counter.ask_more' : 'counter.ask');
}

function headOf(s) {
    const { ticket } = s.sold ?? {};
    return [
        el(
            'div',
            { class: 'page-head' },
            el('h1', null, ticket ? [t('counter.sale', { id: ticket.id }), ' ', ticketTag(s.state())] : t('counter.new_sale')),
            counterTabs('#/counter'),
        ),
        !s.drawer && noDrawer(),
    ];
}

function asideOf(s) {
    const open = !s.isOver();
    return [
        s.sold && open && s.sold.lines.length > 0 && payCard(s),
        s.isOver() && paidCard(s),
        open && customerCard(s),
        s.isOver() && s.sold.ticket.patient_name && el('p', { class: 'card-box' }, s.sold.ticket.patient_name, ' ', el('span', { class: 'quiet' }, s.sold.ticket.patient_code)),
        open && promoCard(s),
        open && unpaidOrders(s),
        s.isOpen() && tools(s),
    ];
}

// Put aside for later, or ended for good.
function tools(s) {
    const aside = () => {
        const { id } = s.sold.ticket;
        s.fresh();
        s.run(async () => {
            await begin(s);
            s.box.say(t('counter.put_aside', { id }));
        });
    };
    const cancel = () => s.run(async () => {
        await s.change('POST', '/cancel');
        s.box.say(t('counter.cancelled', { id: s.sold.ticket.id }));
    });
    const button = (key, act, kind = '') => el('button', { type: 'button', class: `btn btn-quiet btn-small ${kind}`, on: { click: act } }, t(key));
    return el(
        'div',
        { class: 'counter-tools' },
        button('counter.set_aside', aside),
        el('details', { class: 'counter-cancel' }, el('summary', { class: 'btn btn-quiet btn-small' }, t('counter.cancel')), button('counter.do_cancel', cancel, 'counter-do-cancel')),
    );
}

function empty(s) {
    return el(
        'div',
        { class: 'counter-empty' },
        el('p', { class: 'empty' }, t(s.state() === 'cancelled' ? 'counter.was_cancelled' : 'counter.empty')),
        !s.sold && s.aside.length > 0 && [el('h2', { class: 'counter-head' }, t('counter.aside')), el('ul', { class: 'counter-orders' }, s.aside.map(asideRow))],
    );
}

const asideRow = (ticket) =>
    el(
        'li',
        null,
        el(
            'a',
            { class: 'counter-choice', href: ticketAddress(ticket.id) },
            el('span', { class: 'strong' }, [t('counter.sale', { id: ticket.id }), ticket.patient_name].filter(Boolean).join(' · ')),
            el('span', { class: 'quiet amount' }, t('counter.line_count', { n: ticket.lines })),
            el('span', { class: 'quiet' }, [word('ticket', ticket.state), ago(new Date(ticket.created_at)), ticket.created_by].join(' · ')),
        ),
    );
