// What to buy from whom, as the re-order report says: ticked, changed, and drafted as a purchase order for each supplier.

import { get, newKey, Problem, send } from '/api.js';
import { el, icon } from '/dom.js';
import { t, word } from '/i18n.js';
import { field, form, selectInput, textInput } from '/parts/form.js';
import { moneyText } from '/parts/money.js';
import { pageHead, trail } from '/parts/pieces.js';
import { amountIn, amountText, figure, itemName, plainAmount, purchaseAddress, renamed, stockTable, stockTabs } from '/parts/stock_pieces.js';

export async function viewBuy(_, signal) {
    const [{ rows }, suppliers] = await Promise.all([get('/api/v1/reports/reorder?format=json', { signal, waitMs: 60_000 }), get('/api/v1/suppliers', { signal })]);
    const names = [...new Set(rows.map(({ supplier }) => supplier))];
    return {
        title: t('buy.title'),
        node: el(
            'div',
            { class: 'browse' },
            trail('purchases.title', '#/purchases', t('buy.title')),
            pageHead('buy.title', 'buy.lead', el('a', { class: 'btn btn-quiet', href: '/api/v1/reports/reorder?format=xlsx', download: '' }, icon('sheet'), t('buy.workbook'))),
            stockTabs('#/purchases'),
            names.length ? names.map((name) => supplierForm(name, rows.filter(({ supplier }) => supplier === name), suppliers.rows)) : el('p', { class: 'empty' }, t('buy.nothing')),
        ),
    };
}

// The report says weights and pieces in columns of their own.
function lineOf(row, i) {
    const unit = row.buy_pieces === null ? 'mg' : 'each';
    const of = (name) => row[`${name}_${unit === 'mg' ? 'mg' : 'pieces'}`] ?? 0;
    const item = { unit, name: row.name, name_hanzi: row.name_hanzi };
    const tick = el('input', { type: 'checkbox', class: 'tick', checked: true, 'aria-label': t('buy.take', { item: row.name }) });
    const quantity = field(`quantity-${i}`, 'buy.how_much', textInput(plainAmount(item, of('buy')), { maxlength: '30' }));
    quantity.input.setAttribute('aria-label', `${t('buy.how_much')}: ${row.name}`);
    return { row, item, of, tick, quantity, planned: of('buy') };
}

function supplierForm(name, rows, suppliers) {
    const lines = rows.map(lineOf);
    const known = suppliers.find((one) => one.name === name);
    const choice = field('supplier', 'lot.supplier', selectInput(known?.code, [['', t('next.choose')], ...suppliers.map((one) => [one.code, `${one.name} · ${one.code}`])]), { needed: true });
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('buy.draft'));
    const key = newKey();
    const act = async () => {
        const taken = lines.filter(({ tick }) => tick.checked);
        const wanted = [];
        if (!taken.length) throw new Problem(422, { detail: t('buy.none_ticked') });
        for (const { row, item, quantity, planned } of taken) {
            const amount = await amountIn(quantity, item);
            wanted.push({ sku: row.sku, quantity: amount, unit: item.unit, ...(amount === planned && row.buy_cents && { cost_cents: row.buy_cents }) });
        }
        try {
            const { id } = await send('POST', '/api/v1/purchase-orders', { supplier: choice.input.value, lines: wanted }, { key });
            location.hash = purchaseAddress(id);
        } catch (problem) {
            throw renamed(problem, (path) => path.replace(/^lines\[(\d+)\]\.quantity$/, (_, at) => taken[at].quantity.name));
        }
    };
    return el(
        'section',
        { class: 'part buy', 'data-supplier': known?.code ?? '' },
        el('h2', null, name || t('buy.no_supplier')),
        form('next-form', [...lines.map(({ quantity }) => quantity), choice], [button], act, linesTable(lines), el('div', { class: 'form-grid receive-head' }, choice.node)),
    );
}

function linesTable(lines) {
    const heads = ['stock.item', 'buy.why', ['stock.usable', 'amount'], ['buy.on_order', 'amount'], ['buy.point', 'amount'], 'buy.how_much', ['buy.about', 'amount']];
    return stockTable(
        heads,
        lines,
        ({ row, item, of, tick, quantity }) => [
            { 'data-buy': row.sku },
            el('label', { class: 'buy-item' }, tick, el('span', null, itemName(item), el('span', { class: 'row-below' }, row.sku))),
            el('td', null, el('span', { class: row.state === 'low' ? 'tag' : 'tag tag-warn' }, word('buy_state', row.state.replaceAll(/[ ,]+/g, '_'))), row.days_left !== null && el('span', { class: 'row-below' }, t('buy.days_left', { n: row.days_left }))),
            figure('stock.usable', amountText(item, of('usable'))),
            figure('buy.on_order', of('on_order') ? amountText(item, of('on_order')) : ''),
            figure('buy.point', of('reorder') ? amountText(item, of('reorder')) : ''),
            el('td', { class: 'buy-amount' }, el('span', { class: 'stack-label' }, t('buy.how_much')), quantity.input, quantity.error),
            figure('buy.about', row.buy_cents ? moneyText(row.buy_cents) : ''),
        ],
        'buy-table',
    );
}
