// What the herbs of each classic formula cost the shop and sell for, as the report formula-margin says it.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { isChinese, t } from '/i18n.js';
import { searchField } from '/parts/filters.js';
import { plain } from '/parts/furnish.js';
import { moneyText } from '/parts/money.js';
import { pageHead } from '/parts/pieces.js';
import { belowCostTag, priceTabs } from '/parts/price_pieces.js';
import { amountText, figure, stockTable } from '/parts/stock_pieces.js';

const REPORT = '/api/v1/reports/formula-margin';
const kept = { q: '' };

export async function viewFormulaMargins(_, signal) {
    const { rows } = await get(`${REPORT}?format=json&sheet=By+formula`, { signal, waitMs: 60_000 });
    const list = el('div');
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    const show = () => {
        const text = plain(kept.q.trim());
        const found = rows.filter((row) => [row.formula, row.formula_hanzi].some((name) => plain(name ?? '').includes(text)));
        count.textContent = t('prices.formula_count', { n: found.length });
        replace(list, found.length ? marginTable(found) : el('p', { class: 'empty' }, t('list.none', { q: kept.q })));
    };
    show();
    return {
        title: t('prices.formulas'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('prices.formulas', 'prices.formulas_lead', el('a', { class: 'btn btn-quiet', href: `${REPORT}?format=xlsx`, download: '' }, icon('sheet'), t('prices.workbook'))),
            priceTabs('#/prices/formulas'),
            el('div', { class: 'browse-tools' }, searchField('prices.search_formula', kept, 'q', show, { afterMs: 0 }), count),
            list,
        ),
    };
}

function marginTable(rows) {
    const heads = ['prices.formula', ['prices.dose', 'amount'], ['prices.price', 'amount'], ['prices.cost', 'amount'], ['prices.margin', 'amount']];
    const sum = (key, cents) => figure(key, cents === null ? '' : moneyText(cents));
    return stockTable(
        heads,
        rows,
        (row) => [
            { 'data-formula': row.formula, class: row.margin_cents < 0 ? 'price-below' : null },
            [formulaNames(row), el('span', { class: 'row-below' }, t('prices.herbs', { n: row.herbs }), row.missing > 0 && [' · ', el('span', { class: 'tag tag-warn' }, t('prices.missing', { n: row.missing }))])],
            figure('prices.dose', amountText({ unit: 'mg' }, row.dose_mg)),
            sum('prices.price', row.price_cents),
            sum('prices.cost', row.cost_cents),
            figure('prices.margin', row.margin_cents === null ? '' : [moneyText(row.margin_cents), row.margin_cents < 0 && el('span', { class: 'row-below' }, belowCostTag())]),
        ],
        'price-table',
    );
}

function formulaNames({ formula, formula_hanzi: hanzi }) {
    const [first, second] = isChinese() && hanzi ? [hanzi, formula] : [formula, hanzi];
    return [first, second && [' ', el('span', { class: 'name-second' }, second)]];
}
