// From whom the shop buys: the list of suppliers, and one with what it delivers, what is ordered from it, and what came of late.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { may } from '/session.js';
import { form } from '/parts/form.js';
import { firstOf, listOrNothing, listPage, listTrail, mayFurnish, narrowed, retiredTag, retireForm, supplierAddress, suppliesTable, keptItemAddress, twoColumns } from '/parts/furnish.js';
import { moneyText } from '/parts/money.js';
import { factList, section } from '/parts/monograph.js';
import { fresh, thingHead } from '/parts/pieces.js';
import { deliveryAddress, doneNote, figure, itemName, plainName, purchaseAddress, stockTable } from '/parts/stock_pieces.js';
import { changeSupplier, newSupplier } from '/parts/supplier_form.js';

const DELIVERIES_MOST = 10;
const OPEN = ['draft', 'sent', 'part_received'];
const kept = { q: '', retired: false };

export async function viewSuppliers(_, signal) {
    const list = el('div');
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    let rows = [];
    const draw = () => {
        const shown = narrowed(rows, kept.q, (row) => [row.code, row.name, row.name_hanzi, row.city, row.phone, row.email, row.supplies]);
        count.textContent = t('list.count', { n: shown.length, all: rows.length });
        replace(list, listOrNothing(shown, kept.q, ['lot.supplier', 'supplier.reach', 'supplier.city', ['supplier.lead', 'amount'], ['supplier.lots', 'amount']], supplierCells));
    };
    const read = async () => {
        rows = (await get(`/api/v1/suppliers?all=${kept.retired}`, { signal })).rows;
        draw();
    };

    await read();
    const { search, node } = listPage('suppliers', kept, read, draw, list, count, newSupplier(({ id }) => (location.hash = supplierAddress(id))));
    return { title: t('suppliers.title'), focus: () => search.querySelector('input'), node };
}

const mayBuy = () => may('pharmacist', 'staff', 'admin');

const leadText = ({ lead_time_days: days }) => (days === null ? '' : t(days === 1 ? 'supplier.day' : 'supplier.days', { n: days }));

const linkTo = (scheme, text) => text && el('a', { href: `${scheme}:${text.replaceAll(' ', '')}` }, text);

function supplierCells(row) {
    return [
        { 'data-supplier': row.code },
        [el('a', { href: supplierAddress(row.id), class: 'row-link' }, plainName(row)), retiredTag(row), el('span', { class: 'row-below' }, row.code)],
        el('td', null, linkTo('tel', row.phone), row.email && el('span', { class: 'row-below' }, linkTo('mailto', row.email))),
        el('td', null, row.city),
        figure('supplier.lead', leadText(row)),
        figure('supplier.lots', row.lots ? row.lots.toLocaleString() : ''),
    ];
}

export async function viewSupplier({ id }, signal) {
    const path = `/api/v1/suppliers/${encodeURIComponent(id)}`;
    const note = doneNote();
    const body = el('div');
    const ask = async () => {
        const supplier = await get(path, { signal });
        const of = encodeURIComponent(supplier.code);
        const buys = mayBuy();
        const [supplies, orders, deliveries] = await Promise.all([
            buys ? get(`/api/v1/supplies?supplier=${supplier.id}`, { signal }) : { rows: [] },
            buys ? get(`/api/v1/purchase-orders?supplier=${of}`, { signal }) : { rows: [] },
            may('pharmacist', 'staff') ? get(`/api/v1/receipts?supplier=${of}&limit=${DELIVERIES_MOST}`, { signal }) : { rows: [] },
        ]);
        return { supplier, supplies: supplies.rows, orders: orders.rows.filter(({ state }) => OPEN.includes(state)), deliveries: deliveries.rows };
    };
    const shown = fresh(body, ask, (found) => replace(body, page(found, path, done)));
    const done = async (text) => {
        await shown.read();
        note.say(text);
    };
    const { supplier } = await shown.read();

    readWhen(['stock'], shown.readUnlessWriting, signal);
    return { title: supplier.name, node: el('div', { class: 'browse furnish' }, note.node, body) };
}

function page({ supplier, supplies, orders, deliveries }, path, done) {
    return el(
        'article',
        { class: 'monograph' },
        listTrail('suppliers.title', '#/suppliers', supplier.code),
        thingHead(
            el('h1', { class: 'book-title' }, itemName(supplier), retiredTag(supplier)),
            el('p', { class: 'monograph-third' }, supplier.code),
            !supplier.retired_at && mayBuy() && orderForm(supplier),
        ),
        factList(
            [
                ['supplier.phone', linkTo('tel', supplier.phone)],
                ['supplier.email', linkTo('mailto', supplier.email)],
                ['supplier.city', supplier.city],
                ['supplier.lead', leadText(supplier)],
                ['supplier.lots', supplier.lots.toLocaleString()],
            ],
            'property-strip',
        ),
        twoColumns(
            [
                orders.length > 0 && section('supplier.orders', ordersTable(orders)),
                section('supplier.items', supplies.length ? firstOf(supplies, (rows) => suppliesTable(rows, 'stock.item', itemOf)) : el('p', { class: 'quiet' }, t('supplier.no_items'))),
                deliveries.length > 0 && section('deliveries.title', deliveriesTable(deliveries)),
            ],
            [
                supplier.supplies && section('supplier.supplies', el('p', null, supplier.supplies)),
                supplier.certificate_note && section('supplier.certificate_note', el('p', null, supplier.certificate_note)),
                mayFurnish() && section('lot.acts', changeSupplier(supplier, done), retireForm(path, supplier, done)),
            ],
        ),
    );
}

// An empty draft, to be filled where purchase orders are.
function orderForm(supplier) {
    const key = newKey();
    const act = async () => {
        const { id } = await send('POST', '/api/v1/purchase-orders', { supplier: supplier.code, lines: [] }, { key });
        location.hash = purchaseAddress(id);
    };
    return form('order-form', [], [el('button', { type: 'submit', class: 'btn btn-quiet' }, icon('basket'), t('purchases.new'))], act);
}

const itemOf = (row) => [el('a', { href: keptItemAddress(row.item_id), class: 'row-link' }, itemName(row)), el('span', { class: 'row-below' }, row.sku)];

function ordersTable(rows) {
    const heads = ['orders.number', 'stock.state', 'purchase.expected', ['purchase.cost', 'amount']];
    return stockTable(heads, rows, (row) => [
        { 'data-purchase': row.id },
        el('a', { href: purchaseAddress(row.id), class: 'row-link' }, `#${row.id}`),
        el('td', null, word('purchase_state', row.state)),
        figure('purchase.expected', row.expected_on ? day(row.expected_on) : '', ''),
        figure('purchase.cost', moneyText(row.cost_cents)),
    ]);
}

function deliveriesTable(rows) {
    return stockTable(['receive.invoice', 'deliveries.at', ['deliveries.lots', 'amount']], rows, (row) => [
        { 'data-delivery': row.id },
        [el('a', { href: deliveryAddress(row.id), class: 'row-link' }, row.invoice), row.undone_at && [' ', el('span', { class: 'tag tag-stop' }, t('delivery.undone'))]],
        el('td', { class: 'quiet' }, day(row.received_at)),
        figure('deliveries.lots', String(row.lines.length)),
    ]);
}
