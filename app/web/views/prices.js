// The price list: what every item costs by the rules in force, for whom one asks, with what the shop keeps of it and the rule that made
// the price.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t, word } from '/i18n.js';
import { filterSelect, searchField } from '/parts/filters.js';
import { moneyText } from '/parts/money.js';
import { pageHead } from '/parts/pieces.js';
import { formChoices, groupChoices, kindChoices, marginCell, priceTabs, readLists } from '/parts/price_pieces.js';
import { explain } from '/parts/states.js';
import { amountText, figure, itemName, stockTable } from '/parts/stock_pieces.js';

const ROWS_AT_A_TIME = 100;
const ONLY = ['by_rule', 'below_cost', 'unpriced'];
const kept = { q: '', item_kind: '', customer_group: '', dosage_form: '', only: '' };

// Shows what ask(most) finds, the latest asked only, and a way to more; a failure stands in its place.
function growing(node, ask, draw) {
    let most = ROWS_AT_A_TIME;
    let asked = 0;
    const read = async () => {
        const mine = ++asked;
        try {
            const found = await ask(most);
            if (mine === asked) replace(node, draw(found), found.matching > found.rows.length && moreButton(found));
        } catch (problem) {
            if (problem.name !== 'AbortError' && mine === asked) replace(node, el('p', { class: 'form-message', role: 'alert' }, explain(problem)));
        }
    };
    const moreButton = (found) => {
        const more = () => {
            most += ROWS_AT_A_TIME;
            read();
        };
        return el('p', null, el('button', { type: 'button', class: 'btn btn-quiet', on: { click: more } }, t('prices.more', { n: found.matching - found.rows.length })));
    };
    return {
        read,
        anew: () => {
            most = ROWS_AT_A_TIME;
            return read();
        },
    };
}

export async function viewPrices(_, signal) {
    const lists = await readLists(signal);
    const list = el('div', { class: 'price-list' });
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    const ask = (most) => {
        const said = Object.entries(kept).filter(([, value]) => value.trim());
        return get(`/api/v1/prices?${new URLSearchParams([...said, ['limit', most]])}`, { signal });
    };
    const draw = (found) => {
        count.textContent = t('prices.counted', { all: found.all, ruled: found.by_rule, below: found.below_cost, none: found.unpriced });
        return found.rows.length ? [taxNote(found), priceTable(found.rows)] : el('p', { class: 'empty' }, t(kept.only === 'below_cost' && !kept.q.trim() ? 'prices.none_below' : 'prices.none'));
    };
    const shown = growing(list, ask, draw);
    const search = searchField('prices.search', kept, 'q', shown.anew);

    await shown.read();
    return {
        title: t('prices.title'),
        focus: () => search.querySelector('input'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('prices.title', 'prices.lead', el('div', { class: 'papers' }, el('a', { class: 'btn btn-quiet', href: '/api/v1/reports/price-list?format=xlsx', download: '' }, icon('sheet'), t('prices.workbook')), el('a', { class: 'btn btn-quiet', href: '#/tables/in' }, icon('upload'), t('prices.take_in')))),
            priceTabs('#/prices'),
            el(
                'div',
                { class: 'browse-tools price-tools' },
                search,
                filterSelect('prices.which', kept, 'only', [['', t('prices.any')], ...ONLY.map((one) => [one, t(`prices.only_${one}`)])], shown.anew),
                filterSelect('stock.kind', kept, 'item_kind', kindChoices('prices.any_kind'), shown.anew),
                lists.groups.length > 0 && filterSelect('prices.group', kept, 'customer_group', groupChoices(lists, 'prices.anybody', kept.customer_group), shown.anew),
                filterSelect('orders.form', kept, 'dosage_form', formChoices(lists, 'prices.loose'), shown.anew),
            ),
            count,
            list,
        ),
    };
}

const taxNote = (found) => el('p', { class: 'quiet' }, t(found.tax_included ? 'prices.with_tax' : 'prices.without_tax'));

function priceTable(rows) {
    const heads = ['stock.item', 'stock.kind', ['prices.price', 'amount'], 'prices.by', ['prices.cost', 'amount'], ['prices.margin', 'amount']];
    return stockTable(
        heads,
        rows,
        (row) => [
            { 'data-sku': row.sku, class: row.below_cost ? 'price-below' : null },
            [el('a', { href: `#/items/${row.item_id}`, class: 'row-link' }, itemName(row)), el('span', { class: 'row-below' }, row.sku)],
            el('td', null, word('item_kind', row.item_kind)),
            figure('prices.price', [row.price_cents ? moneyText(row.price_cents) : el('span', { class: 'tag tag-warn' }, t('prices.no_price')), el('span', { class: 'row-below' }, amountText(row, row.quantity))]),
            el('td', null, madeBy(row)),
            figure('prices.cost', row.cost_cents === null ? '' : moneyText(row.cost_cents)),
            marginCell(row),
        ],
        'price-table',
    );
}

// Which rule made it, with what it would be otherwise.
function madeBy({ rule, own_cents: own, price_cents: price }) {
    if (!rule) return el('span', { class: 'quiet' }, t('prices.own'));
    return [el('a', { href: `#/prices/rules?rule=${rule.id}` }, rule.name), own !== price && el('span', { class: 'row-below' }, t('prices.own_is', { price: moneyText(own) }))];
}
