// What was ordered, what came of it before, and what of it stands in the delivery that is entered.

import { el } from '/dom.js';
import { t } from '/i18n.js';
import { section } from '/parts/monograph.js';
import { amountText, figure, itemName, stockTable } from '/parts/stock_pieces.js';

export function orderedTable(order, lines, begin) {
    const heads = ['stock.item', ['purchase.ordered', 'amount'], ['purchase.came', 'amount'], ['receive.now', 'amount'], 'receive.tools'];
    const now = (sku) => lines.filter(({ item }) => item.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);
    const table = stockTable(
        heads,
        order.lines,
        (row) => [
            { 'data-ordered': row.sku },
            [itemName(row), el('span', { class: 'row-below' }, row.sku)],
            figure('purchase.ordered', amountText(row, row.quantity)),
            figure('purchase.came', row.received ? amountText(row, row.received) : ''),
            figure('receive.now', now(row.sku) ? amountText(row, now(row.sku)) : ''),
            el('td', null, el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: () => begin(row) } }, t('receive.enter'))),
        ],
        'ordered-table',
    );
    return section('receive.ordered', table);
}
