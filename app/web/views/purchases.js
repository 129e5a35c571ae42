// Purchase orders: the list of them, and one with what was ordered, what came, its papers and its next state.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { filterSelect } from '/parts/filters.js';
import { field, form, said, selectInput, textArea } from '/parts/form.js';
import { filesOf } from '/parts/lot_files.js';
import { moneyText } from '/parts/money.js';
import { factList, section } from '/parts/monograph.js';
import { tool } from '/parts/order_stops.js';
import { fresh, pageHead, trail } from '/parts/pieces.js';
import { draftLines, orderedLines } from '/parts/purchase_lines.js';
import { deliveryLink, doneNote, figure, purchaseAddress, stockTable, stockTabs } from '/parts/stock_pieces.js';
import { may, person } from '/session.js';

const STATES = ['draft', 'sent', 'part_received', 'received', 'closed', 'cancelled'];
// What may follow which state; the service decides.
const NEXT = { draft: ['sent', 'cancelled'], sent: ['closed', 'cancelled'], part_received: ['closed'], received: ['closed'] };
const kept = { state: '' };

export async function viewPurchases(_, signal) {
    const list = el('div');
    const shown = fresh(
        list,
        () => get(`/api/v1/purchase-orders${kept.state && `?state=${kept.state}`}`, { signal }),
        ({ rows }) => replace(list, rows.length ? listTable(rows) : el('p', { class: 'empty' }, t('purchases.none'))),
    );
    const suppliers = (await get('/api/v1/suppliers', { signal })).rows;

    await shown.read();
    readWhen(['stock', 'change'], shown.readUnlessWriting, signal, about('purchase order'));
    return {
        title: t('purchases.title'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('purchases.title', 'purchases.lead', el('a', { class: 'btn btn-main', href: '#/purchases/buy' }, icon('basket'), t('buy.title'))),
            stockTabs('#/purchases'),
            el('div', { class: 'browse-tools' }, filterSelect('orders.state', kept, 'state', [['', t('orders.all')], ...STATES.map((state) => [state, word('purchase_state', state)])], shown.read)),
            list,
            newOrder(suppliers),
        ),
    };
}

const stateTag = (state) => el('span', { class: `tag ${{ sent: 'tag-minor', received: 'tag-high', part_received: 'tag-warn', cancelled: 'tag-stop' }[state] ?? ''}` }, word('purchase_state', state));

function listTable(rows) {
    const heads = ['orders.number', 'lot.supplier', 'stock.state', 'purchase.expected', ['purchase.lines', 'amount'], ['purchase.cost', 'amount'], 'orders.entered'];
    return stockTable(heads, rows, (row) => [
        { 'data-purchase': row.id },
        el('a', { href: purchaseAddress(row.id), class: 'row-link' }, `#${row.id}`),
        el('td', null, row.supplier_name),
        el('td', null, stateTag(row.state)),
        figure('purchase.expected', row.expected_on ? day(row.expected_on) : '', 'quiet'),
        figure('purchase.lines', String(row.lines.length)),
        figure('purchase.cost', moneyText(row.cost_cents)),
        el('td', { class: 'quiet' }, day(row.created_at), el('span', { class: 'row-below' }, row.created_by)),
    ]);
}

function newOrder(suppliers) {
    const supplier = field('supplier', 'lot.supplier', selectInput('', [['', t('next.choose')], ...suppliers.map(({ code, name }) => [code, `${name} · ${code}`])]), { needed: true });
    const expected = field('expected_on', 'purchase.expected', el('input', { type: 'date', class: 'form-control' }), { help: 'purchase.expected_help' });
    const note = field('note', 'purchase.note', textArea('', { maxlength: '500' }), { wide: true });
    const key = newKey();
    return tool('purchases.new', [supplier, expected, note], 'btn-main', async () => {
        const { id } = await send('POST', '/api/v1/purchase-orders', { ...said([supplier, expected, note]), lines: [] }, { key });
        location.hash = purchaseAddress(id);
    });
}

export async function viewPurchase({ id }, signal) {
    const path = `/api/v1/purchase-orders/${encodeURIComponent(id)}`;
    const note = doneNote();
    const body = el('div');
    const ask = async () => {
        const [order, files] = await Promise.all([get(path, { signal }), get(`/api/v1/attachments?purchase_order=${encodeURIComponent(id)}`, { signal })]);
        return { order, files: files.rows };
    };
    const shown = fresh(body, ask, (found) => replace(body, page(found, done)));
    const done = async (text) => {
        await shown.read();
        note.say(text);
    };
    const { order } = await shown.read();

    readWhen(['stock', 'change'], shown.readUnlessWriting, signal, about('purchase order', order.id));
    return { title: `${t('receive.purchase')} #${order.id}`, node: el('div', { class: 'browse' }, note.node, body) };
}

function page({ order, files }, done) {
    const draft = order.state === 'draft';
    const open = ['sent', 'part_received'].includes(order.state) && may('pharmacist', 'staff');
    return el(
        'article',
        { class: 'monograph purchase' },
        trail('purchases.title', '#/purchases', `#${order.id}`),
        el(
            'header',
            { class: 'monograph-head' },
            el('div', { class: 'monograph-title' }, el('h1', { class: 'book-title' }, `${t('receive.purchase')} #${order.id} `, stateTag(order.state)), el('p', { class: 'monograph-third' }, order.supplier_name)),
            el(
                'div',
                { class: 'papers' },
                open && el('a', { class: 'btn btn-main', href: `#/receive/${order.id}` }, icon('box'), t('receive.title')),
                order.lines.length > 0 && el('button', { type: 'button', class: 'btn btn-quiet', on: { click: () => print() } }, icon('print'), t('purchase.print')),
            ),
        ),
        facts(order),
        el('p', { class: 'only-print' }, t('purchase.from_shop'), el('strong', null, person().shop.name)),
        el(
            'div',
            { class: 'monograph-columns' },
            el('div', { class: 'monograph-main' }, section('receive.ordered', draft ? draftLines(order, done) : orderedLines(order))),
            el(
                'aside',
                { class: 'monograph-side' },
                NEXT[order.state] && section('next.kicker', NEXT[order.state].map((state) => stateForm(order, state, done))),
                section('lot.files', filesOf(`/api/v1/purchase-orders/${order.id}/attachments`, 'invoice', files, done)),
            ),
        ),
    );
}

function facts(order) {
    const came = order.receipts.map(({ id, invoice, undone }) => [deliveryLink(id, invoice), undone ? ` (${t('delivery.undone')}) ` : ' ']);
    return factList(
        [
            ['purchase.cost', moneyText(order.cost_cents)],
            ['purchase.expected', order.expected_on && day(order.expected_on)],
            ['purchase.made_by', `${order.created_by} · ${clock(new Date(order.created_at))}`],
            ['purchase.sent_at', order.sent_at && clock(new Date(order.sent_at))],
            ['purchase.ended_at', order.ended_at && clock(new Date(order.ended_at))],
            ['purchase.deliveries', came],
            ['purchase.note', order.note],
        ],
        'property-strip',
    );
}

function stateForm(order, state, done) {
    const key = newKey();
    const button = el('button', { type: 'submit', class: state === 'sent' ? 'btn btn-main' : 'btn btn-quiet btn-small' }, t(`purchase.to_${state}`));
    const act = async () => {
        await send('POST', `/api/v1/purchase-orders/${order.id}/state`, { state }, { key });
        await done(t('purchase.now', { state: word('purchase_state', state) }));
    };
    return form('decide-rule', [], [button], act, el('p', { class: 'quiet' }, t(`purchase.about_${state}`)));
}
