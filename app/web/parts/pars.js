// How much of an item a place should hold: a table of what is said, for one place or for one item, with what is there; and saying it.

import { get, newKey, send } from '/api.js';
import { el, replace } from '/dom.js';
import { t } from '/i18n.js';
import { may } from '/session.js';
import { keptItemAddress, mayFurnish, placeAddress } from '/parts/furnish.js';
import { field, form, selectInput, textInput } from '/parts/form.js';
import { itemField } from '/parts/item_search.js';
import { tool } from '/parts/order_stops.js';
import { explain } from '/parts/states.js';
import { amountHelp, amountIn, amountText, expiryText, figure, itemName, ofOneLine, plainAmount, plainName, stockTable } from '/parts/stock_pieces.js';

const HEADS = [['par.par', 'amount'], ['par.here', 'amount'], ['par.missing', 'amount']];

const mayMove = () => may('pharmacist', 'staff');
const mayChange = () => mayFurnish() || mayMove();

const tools = (row, done) => [mayMove() && row.missing > 0 && fillTool(row, done), mayFurnish() && changeTool(row, done)];

function figures(row) {
    const low = row.missing > 0;
    return [
        figure('par.par', amountText(row, row.par)),
        figure('par.here', row.here ? amountText(row, row.here) : '–'),
        figure('par.missing', low ? el('span', { class: 'tag tag-warn' }, amountText(row, row.missing)) : ''),
    ];
}

// The pars of one place; done(text) reads it anew.
export function placePars(rows, done) {
    const heads = ['stock.item', ...HEADS, mayChange() && 'receive.tools'].filter(Boolean);
    return stockTable(heads, rows, (row) => [
        { 'data-par': row.sku },
        [el('a', { href: keptItemAddress(row.item_id), class: 'row-link' }, itemName(row)), el('span', { class: 'row-below' }, row.sku)],
        figures(row),
        mayChange() && el('td', null, tools(row, done)),
    ]);
}

// The pars of one item.
export function itemPars(rows, done) {
    const heads = ['stock.place', ...HEADS, mayChange() && 'receive.tools'].filter(Boolean);
    return stockTable(heads, rows, (row) => [
        { 'data-par': row.location },
        el('a', { href: placeAddress(row.location_id), class: 'row-link' }, row.location),
        figures(row),
        mayChange() && el('td', null, tools(row, done)),
    ]);
}

const amountField = (item, quantity) =>
    field('quantity', 'par.par', textInput(quantity ? plainAmount(item, quantity) : '', { maxlength: '30' }), { needed: true, help: amountHelp(item) });

async function set(place, item, quantity, key, done) {
    await send('PUT', '/api/v1/pars', { location: place, sku: item.sku, quantity }, { key });
    const values = { item: plainName(item), place, n: amountText(item, quantity) };
    await done(t(quantity ? 'par.set' : 'par.no_more', values));
}

function changeTool(row, done) {
    const quantity = amountField(row, row.par);
    const [key, endKey] = [newKey(), newKey()];
    const made = tool('furnish.change', [quantity], 'btn-main', async () => set(row.location, row, await amountIn(quantity, row), key, done), { say: 'furnish.save' });
    const end = el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t('par.end'));
    made.append(form('decide-rule', [], [end], () => set(row.location, row, 0, endKey, done)));
    return made;
}

// Filling up from where more of it lies: which lots those are is asked when somebody wants to know.
function fillTool(row, done) {
    const made = tool('par.fill', [], 'btn-main', async () => {});
    const place = el('div');
    made.querySelector('form').replaceWith(place);
    made.addEventListener('toggle', async () => {
        if (!made.open) return;
        try {
            const { rows } = await get(`/api/v1/lots?item=${row.item_id}`);
            const lots = rows.filter((lot) => lot.quantity && !lot.refusal && lot.location !== row.location);
            replace(place, lots.length ? fillForm(row, lots, done) : el('p', { class: 'quiet' }, t('par.nowhere')));
        } catch (problem) {
            replace(place, el('p', { class: 'form-message', role: 'alert' }, explain(problem)));
        }
    });
    return made;
}

function fillForm(row, lots, done) {
    const from = field('from', 'act.from', selectInput('0', lots.map((lot, i) => [String(i), [lot.location, lot.lot_code, amountText(row, lot.quantity), expiryText(lot)].join(' · ')])), { needed: true });
    const chosen = () => lots[Number(from.input.value)];
    const most = () => plainAmount(row, Math.min(row.missing, chosen().quantity));
    const quantity = field('quantity', 'act.how_much', textInput(most(), { maxlength: '30' }), { needed: true, help: amountHelp(row) });
    const key = newKey();
    const button = el('button', { type: 'submit', class: 'btn btn-main btn-small' }, t('par.fill'));
    from.input.addEventListener('change', () => (quantity.input.value = most()));
    return form('decide-rule', [from, quantity], [button], async () => {
        const line = { lot_id: chosen().id, from: chosen().location, to: row.location, quantity: await amountIn(quantity, row) };
        await ofOneLine(() => send('POST', '/api/v1/moves', { lines: [line] }, { key }));
        await done(t('act.moved', { n: amountText(row, line.quantity), from: line.from, to: line.to }));
    }, el('div', { class: 'form-grid' }, from.node, quantity.node));
}

// For a place: first the item, then how much of it.
export function addPlacePar(place, done) {
    const node = el('div');
    const made = tool('par.add', [], 'btn-main', async () => {});
    const choose = (item) => {
        const quantity = amountField(item);
        const key = newKey();
        const button = el('button', { type: 'submit', class: 'btn btn-main btn-small' }, t('furnish.save'));
        const act = async () => set(place.code, item, await amountIn(quantity, item), key, done);
        node.replaceChildren(el('h3', null, itemName(item)), form('decide-rule', [quantity], [button], act, el('div', { class: 'form-grid' }, quantity.node)));
        quantity.input.focus();
    };
    node.append(itemField(choose).node);
    made.querySelector('form').replaceWith(node);
    return made;
}

// For an item: which place, and how much.
export function addItemPar(item, places, done) {
    const place = field('location', 'stock.place', selectInput(item.home, [['', t('next.choose')], ...places]), { needed: true });
    const quantity = amountField(item);
    const key = newKey();
    return tool('par.add', [place, quantity], 'btn-main', async () => set(place.input.value, item, await amountIn(quantity, item), key, done), { say: 'furnish.save' });
}
