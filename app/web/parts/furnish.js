// What the pages of suppliers, places and items share: who may change them, a list that is narrowed as one types, forms in several columns,
// and taking a thing out of use.

import { newKey, send } from '/api.js';
import { el, icon } from '/dom.js';
import { day, t } from '/i18n.js';
import { may } from '/session.js';
import { chip, searchField } from '/parts/filters.js';
import { form } from '/parts/form.js';
import { moneyText } from '/parts/money.js';
import { pageHead, trail } from '/parts/pieces.js';
import { amountText, figure, lotAddress, stockTable } from '/parts/stock_pieces.js';

const ROWS_AT_FIRST = 12;
const NARROW_AFTER_MS = 60; // what is narrowed is here already

export const mayFurnish = () => may('staff', 'admin');
export const supplierAddress = (id) => `#/suppliers/${id}`;
export const placeAddress = (id) => `#/places/${id}`;
export const keptItemAddress = (id) => `#/items/${id}`;

export const retiredTag = ({ retired_at: at }) => at && [' ', el('span', { class: 'tag tag-stop' }, t('furnish.retired'))];

export const setupTrail = (...below) => trail('setup.title', '#/setup', below);

// Where a page about one thing stands: below the list of all of them.
export const listTrail = (key, href, name) => setupTrail(el('a', { href }, t(key)), icon('chevron'), name);

// A page with all things of a kind: their list, below the search box that narrows it, and what adds one; `head` leads elsewhere. `kept` has q and retired.
export function listPage(name, kept, read, changed, list, count, add, head) {
    const search = searchField(`${name}.search`, kept, 'q', changed, { afterMs: NARROW_AFTER_MS });
    return {
        search,
        node: el(
            'div',
            { class: 'browse furnish' },
            setupTrail(t(`${name}.title`)),
            pageHead(`${name}.title`, `${name}.lead`, mayFurnish() && head),
            el('div', { class: 'browse-tools' }, search, chip('furnish.retired_too', kept, 'retired', read), count),
            mayFurnish() && add,
            list,
        ),
    };
}

export const twoColumns = (main, side) =>
    el('div', { class: 'monograph-columns' }, el('div', { class: 'monograph-main' }, main), el('aside', { class: 'monograph-side' }, side));

// Rows whose words hold everything that is typed.
export function narrowed(rows, typed, wordsOf) {
    const asked = plain(typed).split(/\s+/).filter(Boolean);
    return rows.filter((row) => {
        const words = plain(wordsOf(row).filter(Boolean).join(' '));
        return asked.every((one) => words.includes(one));
    });
}

// As people type a name: in small letters, without tone marks.
export const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// A table, or that there is nothing.
export function listOrNothing(rows, typed, heads, cellsOf, kind) {
    if (rows.length) return stockTable(heads, rows, cellsOf, kind);
    return el('p', { class: 'empty' }, typed.trim() ? t('list.none', { q: typed }) : t('furnish.none'));
}

// A long table: its first rows, and the others behind a press.
export function firstOf(rows, table) {
    const others = rows.slice(ROWS_AT_FIRST);
    return [table(rows.slice(0, ROWS_AT_FIRST)), others.length > 0 && el('details', { class: 'rest' }, el('summary', null, icon('chevron'), t('furnish.others', { n: others.length })), table(others))];
}

// What a form does to take the thing out of use, or back into it: { name, act }, the name being of its words.
export function retiring(path, thing, done) {
    const retired = !thing.retired_at;
    const key = newKey();
    const name = retired ? 'retire' : 'bring_back';
    const act = async () => {
        await send('POST', `${path}/retired`, { retired }, { key });
        await done(t(`furnish.done_${name}`));
    };
    return { name, act };
}

export function retireForm(path, thing, done) {
    const { name, act } = retiring(path, thing, done);
    const button = el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t(`furnish.${name}`));
    const since = thing.retired_at && t('furnish.retired_since', { day: day(thing.retired_at) });
    return form('decide-rule retire-form', [], [button], act, el('p', { class: 'quiet' }, [since, t(`furnish.about_${name}`)].filter(Boolean).join(' ')));
}

// What the newest lot cost: as much as was paid, for as much as it was paid for.
const costText = (row) => (row.cost_cents ? t('furnish.cost_for', { cost: moneyText(row.cost_cents), amount: amountText(row, row.cost_quantity) }) : '');

// What came from whom: `first` gives the head of a row, the item of a supplier or the supplier of an item.
export function suppliesTable(rows, head, first) {
    const heads = [head, ['supplier.lots', 'amount'], 'furnish.newest_lot', ['furnish.cost', 'amount']];
    return stockTable(heads, rows, (row) => [
        { 'data-sku': row.sku, 'data-supplier': row.supplier },
        first(row),
        figure('supplier.lots', row.lots.toLocaleString()),
        el('td', null, el('a', { href: lotAddress(row.lot_id), class: 'lot-code' }, row.lot_code), el('span', { class: 'row-below' }, day(row.received_at))),
        figure('furnish.cost', costText(row)),
    ]);
}
