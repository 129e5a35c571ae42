// Sending lots to another shop: each is scanned or typed, with how much of it and whence; then all of them go at once.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { may } from '/session.js';
import { field, form, said, selectInput, textArea, textInput } from '/parts/form.js';
import { meantBy } from '/parts/lot_scan.js';
import { pageHead, trail } from '/parts/pieces.js';
import { plainly, scanBox } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';
import { amountIn, amountText, itemName, plainAmount, plainName, renamed, stockTable, stockTabs, transferAddress } from '/parts/stock_pieces.js';

export async function viewTransferSend(_, signal) {
    if (!may('pharmacist', 'staff')) return { title: t('transfers.send'), node: el('p', { class: 'empty' }, t('lot.acts_not_you')) };
    const shops = (await get('/api/v1/transfer-shops', { signal })).rows;
    const s = { lines: [], fields: [], place: el('div', { class: 'receive-lines' }), last: 0 };
    s.box = scanBox((text) => handled(s, text), signal);
    s.box.ask(t('transfer.scan'));
    const node = sendForm(s, shops);
    draw(s);
    return {
        title: t('transfers.send'),
        focus: () => s.box.input,
        node: el(
            'div',
            { class: 'browse receive' },
            trail('transfers.title', '#/transfers', t('transfers.send')),
            pageHead('transfers.send', 'transfer.lead'),
            stockTabs('#/transfers'),
            shops.length ? [s.box.node, s.place, node] : el('p', { class: 'empty' }, t('transfer.no_shops')),
        ),
    };
}

async function handled(s, text) {
    if (!text) return;
    try {
        const { lots } = await meantBy(text);
        if (!lots.length) s.box.complain(t('transfer.no_lot', { code: text }));
        for (const { id } of lots) await addLot(s, id);
    } catch (problem) {
        s.box.complain(plainly(problem, explain));
    }
    s.box.input.focus();
}

async function addLot(s, id) {
    const lot = await get(`/api/v1/lots/${id}`);
    const free = lot.places.filter((place) => place.free > 0);
    if (!free.length) {
        s.box.complain(t('transfer.nothing_free', { lot: lot.lot_code }));
        return;
    }
    if (s.lines.some((line) => line.lot.id === lot.id)) {
        s.box.complain(t('transfer.there_already', { lot: lot.lot_code }));
        return;
    }
    const line = lineOf(lot, free, (s.last += 1));
    s.lines.push(line);
    s.fields.push(line.from, line.quantity);
    draw(s);
    s.box.say(t('transfer.added', { lot: lot.lot_code, item: plainName(lot) }));
}

function lineOf(lot, free, no) {
    const from = field(`from-${no}`, 'act.from', selectInput(free[0].location, free.map((place) => [place.location, `${place.location} · ${amountText(lot, place.free)}`])));
    const quantity = field(`quantity-${no}`, 'stock.quantity', textInput(plainAmount(lot, free[0].free), { maxlength: '30' }));
    from.input.setAttribute('aria-label', `${t('act.from')}: ${lot.lot_code}`);
    quantity.input.setAttribute('aria-label', `${t('stock.quantity')}: ${lot.lot_code}`);
    from.input.addEventListener('change', () => {
        quantity.input.value = plainAmount(lot, free.find(({ location }) => location === from.input.value).free);
    });
    return { lot, from, quantity };
}

function draw(s) {
    const heads = ['stock.item', 'stock.lot', 'act.from', 'stock.quantity', 'receive.tools'];
    const cells = (line) => [
        { 'data-line': line.lot.lot_code },
        itemName(line.lot),
        el('td', { class: 'lot-code' }, line.lot.lot_code),
        el('td', { class: 'buy-amount' }, line.from.input, line.from.error),
        el('td', { class: 'buy-amount' }, line.quantity.input, line.quantity.error),
        el('td', null, removeButton(s, line)),
    ];
    replace(s.place, s.lines.length ? stockTable(heads, s.lines, cells) : el('p', { class: 'quiet' }, t('receive.no_lines')));
}

function removeButton(s, line) {
    const name = t('receive.remove_line', { lot: line.lot.lot_code });
    const press = () => {
        s.lines = s.lines.filter((one) => one !== line);
        s.fields.splice(s.fields.indexOf(line.from), 2);
        draw(s);
        s.box.input.focus();
    };
    return el('button', { type: 'button', class: 'entry-remove', title: name, 'aria-label': name, on: { click: press } }, icon('close'));
}

function sendForm(s, shops) {
    const shop = field('to_shop', 'transfer.to_shop', selectInput(shops.length === 1 ? shops[0].slug : '', [['', t('next.choose')], ...shops.map(({ slug, name }) => [slug, name])]), { needed: true });
    const note = field('note', 'purchase.note', textArea('', { maxlength: '500' }));
    const button = el('button', { type: 'submit', class: 'btn btn-main receive-book' }, t('transfer.send'));
    const fields = [shop, note];
    const key = newKey();
    const act = async () => {
        const lines = [];
        for (const { lot, from, quantity } of s.lines) lines.push({ lot_id: lot.id, from: from.input.value, quantity: await amountIn(quantity, lot) });
        try {
            const made = await send('POST', '/api/v1/transfers', { ...said(fields), lines }, { key });
            location.hash = transferAddress(made);
        } catch (problem) {
            throw renamed(problem, (path) => path.replace(/^lines\[(\d+)\]\.(quantity|from)$/, (_, at, name) => s.lines[at][name].name));
        }
    };
    s.fields.push(...fields);
    return form('next-form transfer-send', s.fields, [button], act, el('div', { class: 'form-grid receive-head' }, shop.node, note.node));
}
