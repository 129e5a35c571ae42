// Goods to and from other shops: the list, sending lots that are scanned, and one transfer with what of it is still on its way, to
// accept, to take back or to give up.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { may } from '/session.js';
import { factList, section } from '/parts/monograph.js';
import { fresh, pageHead, trail } from '/parts/pieces.js';
import { amountText, deliveryAddress, doneNote, figure, holdsGoods, stockTable, stockTabs, transferAddress } from '/parts/stock_pieces.js';
import { transferForm } from '/parts/transfer_form.js';

export async function viewTransfers(_, signal) {
    const list = el('div');
    const shown = fresh(
        list,
        () => get('/api/v1/transfers', { signal }),
        ({ rows }) => replace(list, rows.length ? listTable(rows) : el('p', { class: 'empty' }, t('transfers.none'))),
    );

    await shown.read();
    readWhen(['stock', 'change'], shown.readUnlessWriting, signal, about('transfer'));
    return {
        title: t('transfers.title'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('transfers.title', 'transfers.lead', may('pharmacist', 'staff') && el('a', { class: 'btn btn-main', href: '#/transfers/send' }, icon('box'), t('transfers.send'))),
            stockTabs('#/transfers'),
            list,
        ),
    };
}

const openTag = ({ open }) => el('span', { class: open ? 'tag tag-warn' : 'tag tag-high' }, t(open ? 'transfers.open' : 'transfers.over'));

function listTable(rows) {
    const heads = ['orders.number', 'moves.way', 'stock.state', ['deliveries.lots', 'amount'], 'transfers.sent'];
    return stockTable(heads, rows, (row) => [
        { 'data-transfer': row.id },
        el('a', { href: transferAddress(row), class: 'row-link' }, `#${row.id}`),
        el('td', null, `${row.from_shop} → ${row.to_shop}`),
        el('td', null, openTag(row)),
        figure('deliveries.lots', String(row.lines.length)),
        el('td', { class: 'quiet' }, clock(new Date(row.sent_at)), el('span', { class: 'row-below' }, row.sent_by_name)),
    ]);
}

// Each shop numbers its own transfers, so a transfer is known by its shop and number.
export async function viewTransfer({ shop, id }, signal) {
    const note = doneNote();
    const body = el('div');
    const places = (await get('/api/v1/locations', { signal })).rows.filter(holdsGoods);
    const ask = async () => {
        const { rows } = await get(`/api/v1/transfers?id=${encodeURIComponent(id)}`, { signal });
        return rows.find((row) => row.from_shop === shop) ?? missing();
    };
    const shown = fresh(body, ask, (transfer) => replace(body, page(transfer, places, done)));
    const done = async (text, extras) => {
        await shown.read();
        note.say(text, extras);
    };
    const transfer = await shown.read();

    readWhen(['stock', 'change'], shown.readUnlessWriting, signal, about('transfer', transfer.id));
    return { title: `${t('transfer.one')} #${transfer.id}`, node: el('div', { class: 'browse' }, note.node, body) };
}

function missing() {
    throw Object.assign(new Error(t('fail.not_found')), { status: 404 });
}

function page(transfer, places, done) {
    const open = transfer.lines.filter((line) => line.open > 0);
    return el(
        'article',
        { class: 'monograph' },
        trail('transfers.title', '#/transfers', `#${transfer.id}`),
        el(
            'header',
            { class: 'monograph-head' },
            el('div', { class: 'monograph-title' }, el('h1', { class: 'book-title' }, `${t('transfer.one')} #${transfer.id} `, openTag(transfer)), el('p', { class: 'monograph-third' }, `${transfer.from_shop} → ${transfer.to_shop}`)),
        ),
        factList([['transfers.sent', `${transfer.sent_by_name} · ${clock(new Date(transfer.sent_at))}`], ['purchase.note', transfer.note]], 'property-strip'),
        section('transfer.lines', linesTable(transfer.lines)),
        open.length > 0 && may('pharmacist', 'staff') && section('lot.acts', acts(transfer, open, places, done)),
    );
}

function linesTable(lines) {
    const heads = ['stock.item', 'stock.lot', 'stock.expires', ['transfer.sent', 'amount'], ['transfer.open', 'amount'], 'transfer.came_of_it'];
    return stockTable(heads, lines, (line) => [
        { 'data-line': line.line_no },
        [line.name, el('span', { class: 'row-below' }, line.sku)],
        el('td', { class: 'lot-code' }, line.lot_code),
        figure('stock.expires', line.expires_on ?? t('stock.no_expiry'), ''),
        figure('transfer.sent', amountText(line, line.quantity)),
        figure('transfer.open', line.open ? amountText(line, line.open) : ''),
        el('td', null, line.ends.map((end) => el('span', { class: 'row-below' }, `${t(`transfer_end.${end.how}`)}: ${amountText(line, end.quantity)} · ${end.by} · ${clock(new Date(end.at))}`))),
    ]);
}

// The receiver accepts; the sender takes back, or gives up what does not arrive.
function acts(transfer, open, places, done) {
    const path = `/api/v1/transfers/${transfer.id}`;
    if (!transfer.ours) {
        const key = newKey();
        return transferForm('accept', open, places, async (lines) => {
            const delivery = await send('POST', `${path}/accept`, { from_shop: transfer.from_shop, lines }, { key });
            await done(t('transfer.accepted'), { links: [' ', el('a', { href: deliveryAddress(delivery.id) }, t('moves.delivery', { id: delivery.id }))] });
        });
    }
    const keys = { back: newKey(), lost: newKey() };
    return [
        transferForm('take_back', open, places, async (lines) => {
            await send('POST', `${path}/take-back`, { lines }, { key: keys.back });
            await done(t('transfer.taken_back'));
        }),
        may('pharmacist') &&
            transferForm('lost', open, places, async (lines, note) => {
                await send('POST', `${path}/lost`, { lines, note }, { key: keys.lost });
                await done(t('transfer.given_up'));
            }),
    ];
}
