// A promo code tried on things one chooses: what it takes off each, or why not, as the service works it out. Nothing is sold.

import { query } from '/api.js';
import { el, freshId, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { codeNode } from '/parts/counter_promo.js';
import { field, form, selectInput, textInput } from '/parts/form.js';
import { itemField } from '/parts/item_search.js';
import { moneyText } from '/parts/money.js';
import { groupChoices } from '/parts/price_pieces.js';
import { amountHelp, amountIn, itemName, plainAmount } from '/parts/stock_pieces.js';

const AT_FIRST = { mg: 100_000, each: 1 };

export function tryCode(code, lists) {
    const shown = el('div', { class: 'promo-tried', 'aria-live': 'polite' });
    const rows = el('ul', { class: 'promo-lines' });
    const group = field('customer_group', 'prices.group', selectInput('', groupChoices(lists, 'prices.anybody')));
    const fields = [group]; // and how much of each line
    let lines = [];

    const draw = () => replace(rows, lines.map((line) => lineNode(line, () => drop(line))));
    const drop = (line) => {
        lines = lines.filter((one) => one !== line);
        fields.splice(fields.indexOf(line.amount), 1);
        draw();
        search.input.focus();
    };
    const search = itemField((item) => {
        const amount = field(freshId('quantity'), 'stock.quantity', textInput(plainAmount(item, AT_FIRST[item.unit]), { maxlength: '30' }), { needed: true, help: amountHelp(item) });
        lines = [...lines, { item, amount }];
        fields.push(amount);
        draw();
        search.input.value = '';
        search.input.dispatchEvent(new Event('input'));
        amount.input.focus();
        amount.input.select();
    });
    const act = async () => {
        const wants = [];
        for (const { item, amount } of lines) wants.push({ what: item.sku, quantity: await amountIn(amount, item) });
        if (!wants.length) search.input.focus();
        else replace(shown, priceNode(await query(`/api/v1/promo-codes/${encodeURIComponent(code)}/dry-run`, { lines: wants, ...(group.input.value && { customer_group: group.input.value }) }), lists));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-quiet' }, t('promo.try'));
    return el(
        'details',
        { class: 'rest card-box promo-try' },
        el('summary', null, icon('chevron'), t('promo.try_out')),
        search.node,
        form('decide-rule', fields, [button], act, rows, lists.groups.length > 0 && group.node),
        shown,
    );
}

function lineNode({ item, amount }, drop) {
    const label = t('counter.take_off', { name: item.name });
    return el('li', { 'data-line': item.sku }, el('span', { class: 'strong' }, itemName(item), el('span', { class: 'row-below' }, item.sku)), amount.node, el('button', { type: 'button', class: 'entry-remove', 'aria-label': label, title: label, on: { click: drop } }, icon('close')));
}

const priceNode = (price, lists) => [
    price.codes.map((code) => codeNode(code, lists)),
    el('p', { class: 'strong' }, t('promo.tried_sum', { list: moneyText(price.list_cents), off: moneyText(price.discount_cents), tax: moneyText(price.tax_cents), total: moneyText(price.total_cents) })),
];
