// The lines of a purchase order: to change while it is a draft, then with what came of each.

import { newKey, Problem, send } from '/api.js';
import { el } from '/dom.js';
import { t } from '/i18n.js';
import { field, form, textInput } from '/parts/form.js';
import { itemField } from '/parts/item_search.js';
import { centsOf, moneyText } from '/parts/money.js';
import { tool } from '/parts/order_stops.js';
import { amountHelp, amountIn, amountText, figure, itemName, ofOneLine, plainAmount, plainName, stockTable } from '/parts/stock_pieces.js';

const nameCell = (row) => [itemName(row), el('span', { class: 'row-below' }, row.sku)];

export function orderedLines(order) {
    const heads = ['stock.item', ['purchase.ordered', 'amount'], ['purchase.came', 'amount'], ['purchase.open', 'amount'], ['purchase.cost', 'amount']];
    return stockTable(heads, order.lines, (row) => [
        { 'data-ordered': row.sku },
        nameCell(row),
        figure('purchase.ordered', amountText(row, row.quantity)),
        figure('purchase.came', row.received ? amountText(row, row.received) : ''),
        figure('purchase.open', row.quantity > row.received ? amountText(row, row.quantity - row.received) : ''),
        figure('purchase.cost', moneyText(row.cost_cents)),
    ]);
}

export function draftLines(order, done) {
    const heads = ['stock.item', ['purchase.ordered', 'amount'], ['purchase.cost', 'amount'], 'receive.tools'];
    const rows = order.lines.length
        ? stockTable(heads, order.lines, (row) => [
              { 'data-ordered': row.sku },
              nameCell(row),
              figure('purchase.ordered', amountText(row, row.quantity)),
              figure('purchase.cost', moneyText(row.cost_cents)),
              el('td', null, changeTool(order, row, done)),
          ])
        : el('p', { class: 'quiet' }, t('purchase.no_lines'));
    return [rows, addTool(order, done)];
}

// What is ordered of an item; nothing takes it out.
async function setLine(order, item, quantity, cents, key) {
    const line = { sku: item.sku, quantity, unit: item.unit, cost_cents: cents };
    await ofOneLine(() => send('POST', `/api/v1/purchase-orders/${order.id}/lines`, { lines: [line] }, { key }));
}

function lineFields(item, row) {
    return {
        quantity: field('quantity', 'stock.quantity', textInput(row ? plainAmount(item, row.quantity) : '', { maxlength: '30' }), { needed: true, help: amountHelp(item) }),
        cost: field('cost_cents', 'receive.cost', textInput(row?.cost_cents ? (row.cost_cents / 100).toFixed(2) : '', { inputmode: 'decimal', maxlength: '12' })),
    };
}

async function takeLine(order, item, { quantity, cost }, done, key) {
    const typed = cost.input.value.trim();
    const cents = typed ? centsOf(typed) : 0;
    if (cents === null) throw new Problem(422, { errors: [{ field: 'cost_cents', value: typed, rule: t('receive.no_sum') }] });
    const amount = await amountIn(quantity, item);
    await setLine(order, item, amount, cents, key);
    await done(t('purchase.line_set', { item: plainName(item), n: amountText(item, amount) }));
}

function changeTool(order, row, done) {
    const fields = lineFields(row, row);
    const key = newKey();
    const made = tool('purchase.change', Object.values(fields), 'btn-main', () => takeLine(order, row, fields, done, key));
    const out = el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t('purchase.take_out'));
    const outKey = newKey();
    const act = async () => {
        await setLine(order, row, 0, 0, outKey);
        await done(t('purchase.taken_out', { item: plainName(row) }));
    };
    made.append(form('decide-rule', [], [out], act));
    return made;
}

// First the item, then how much.
function addTool(order, done) {
    const place = el('div');
    const made = tool('purchase.add', [], 'btn-main', async () => {});
    const choose = (item) => {
        const fields = lineFields(item);
        const key = newKey();
        const button = el('button', { type: 'submit', class: 'btn btn-main btn-small' }, t('purchase.add'));
        const grid = el('div', { class: 'form-grid' }, Object.values(fields).map(({ node }) => node));
        place.replaceChildren(el('h3', null, itemName(item)), form('decide-rule', Object.values(fields), [button], () => takeLine(order, item, fields, done, key), grid));
        fields.quantity.input.focus();
    };
    place.append(itemField(choose).node);
    made.querySelector('form').replaceWith(place);
    return made;
}
