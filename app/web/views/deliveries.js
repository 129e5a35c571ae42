// Deliveries: the list of them, and one with its lots, their labels, its papers, and taking it back.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { readWhen } from '/live.js';
import { may } from '/session.js';
import { field, said, textInput } from '/parts/form.js';
import { filesOf } from '/parts/lot_files.js';
import { statusTag } from '/parts/lot_state.js';
import { factList, section } from '/parts/monograph.js';
import { tool } from '/parts/order_stops.js';
import { fresh, pageHead, trail } from '/parts/pieces.js';
import { takeBooked } from '/parts/receive_draft.js';
import { shelfLabels } from '/parts/shelf_labels.js';
import { amountText, deliveryAddress, doneNote, figure, itemName, lotAddress, purchaseAddress, stockTable, stockTabs } from '/parts/stock_pieces.js';

export async function viewDeliveries(_, signal) {
    const list = el('div');
    const shown = fresh(
        list,
        () => get('/api/v1/receipts', { signal }),
        ({ rows }) => replace(list, rows.length ? listTable(rows) : el('p', { class: 'empty' }, t('deliveries.none'))),
    );

    await shown.read();
    readWhen(['stock'], shown.readUnlessWriting, signal);
    return {
        title: t('deliveries.title'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('deliveries.title', 'deliveries.lead', el('a', { class: 'btn btn-main', href: '#/receive' }, icon('box'), t('receive.title'))),
            stockTabs('#/deliveries'),
            list,
        ),
    };
}

const undoneTag = ({ undone_at: at }) => at && [' ', el('span', { class: 'tag tag-stop' }, t('delivery.undone'))];

function listTable(rows) {
    const heads = ['receive.invoice', 'lot.supplier', 'deliveries.at', 'deliveries.by', ['deliveries.lots', 'amount']];
    return stockTable(heads, rows, (row) => [
        { 'data-delivery': row.id },
        [el('a', { href: deliveryAddress(row.id), class: 'row-link' }, row.invoice), undoneTag(row)],
        el('td', null, row.supplier_name),
        el('td', { class: 'quiet' }, clock(new Date(row.received_at))),
        el('td', { class: 'quiet' }, row.received_by),
        figure('deliveries.lots', String(row.lines.length)),
    ]);
}

export async function viewDelivery({ id }, signal) {
    const path = `/api/v1/receipts/${encodeURIComponent(id)}`;
    const note = doneNote();
    const body = el('div');
    const ask = async () => {
        const [delivery, files] = await Promise.all([get(path, { signal }), get(`/api/v1/attachments?receipt=${encodeURIComponent(id)}`, { signal })]);
        return { delivery, files: files.rows };
    };
    const shown = fresh(body, ask, (found) => replace(body, page(found, done)));
    const done = async (text) => {
        await shown.read();
        note.say(text);
    };
    const { delivery } = await shown.read();
    const booked = takeBooked(delivery.id);

    if (booked) note.say(booked.text);
    readWhen(['stock', 'lot'], shown.readUnlessWriting, signal);
    return {
        title: `${t('delivery.one')} ${delivery.invoice}`,
        node: el('div', { class: 'browse' }, note.node, booked?.failed.length > 0 && notTaken(booked.failed), body),
        focus: () => booked && note.node,
    };
}

function notTaken(failed) {
    return el('div', { class: 'form-message', role: 'alert' }, el('p', null, t('delivery.files_failed')), el('ul', { class: 'bullets' }, failed.map((one) => el('li', null, one))));
}

function page({ delivery, files }, done) {
    const standing = !delivery.undone_at && delivery.lines.length > 0;
    return el(
        'article',
        { class: 'monograph' },
        trail('deliveries.title', '#/deliveries', delivery.invoice),
        el(
            'header',
            { class: 'monograph-head' },
            el('div', { class: 'monograph-title' }, el('h1', { class: 'book-title' }, `${t('delivery.one')} ${delivery.invoice}`, undoneTag(delivery)), el('p', { class: 'monograph-third' }, delivery.supplier_name)),
            el('a', { class: 'btn btn-quiet', href: '#/receive' }, icon('box'), t('delivery.next')),
        ),
        factList(
            [
                ['deliveries.at', clock(new Date(delivery.received_at))],
                ['deliveries.by', delivery.received_by],
                ['receive.purchase', delivery.purchase_order_id && el('a', { href: purchaseAddress(delivery.purchase_order_id) }, `#${delivery.purchase_order_id}`)],
                ['delivery.undone_by', delivery.undone_at && `${delivery.undone_by} · ${clock(new Date(delivery.undone_at))}`],
            ],
            'property-strip',
        ),
        el(
            'div',
            { class: 'monograph-columns' },
            el('div', { class: 'monograph-main' }, section('delivery.lots', lotTable(delivery.lines))),
            el(
                'aside',
                { class: 'monograph-side' },
                standing && section('delivery.labels', labels(delivery)),
                section('lot.files', filesOf(`/api/v1/receipts/${delivery.id}/attachments`, 'invoice', files, done)),
                standing && section('delivery.wrong', may('pharmacist') ? undoTool(delivery, done) : el('p', { class: 'quiet' }, t('delivery.undo_not_you'))),
            ),
        ),
    );
}

function labels({ id, invoice, lines }) {
    return shelfLabels([{ receipt_id: id }], `/api/v1/lots/${lines[0].lot_id}/label`, `labels-${invoice}`, `/api/v1/receipts/${id}/labels`);
}

function lotTable(lines) {
    const heads = ['stock.item', 'stock.lot', 'stock.expires', ['stock.quantity', 'amount'], 'stock.home', 'stock.state'];
    return stockTable(heads, lines, (line) => [
        { 'data-lot': line.lot_code },
        [itemName(line), el('span', { class: 'row-below' }, line.sku)],
        el('td', null, el('a', { href: lotAddress(line.lot_id), class: 'lot-code row-link' }, line.lot_code)),
        figure('stock.expires', line.expires_on ?? t('stock.no_expiry'), ''),
        figure('stock.quantity', amountText(line, line.quantity)),
        figure('stock.home', line.location, ''),
        el('td', null, statusTag(line.status)),
    ]);
}

function undoTool(delivery, done) {
    const reason = field('reason', 'stop.reason', textInput('', { maxlength: '500' }), { needed: true, wide: true, help: 'delivery.undo_help' });
    const key = newKey();
    return tool('delivery.undo', [reason], 'btn-quiet', async () => {
        await send('POST', `/api/v1/receipts/${delivery.id}/undo`, said([reason]), { key });
        await done(t('delivery.undo_done'));
    });
}
