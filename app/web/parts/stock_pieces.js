// Pieces that the pages of stock share: amounts as people read and type them, names of items, a lot's state, the tabs between the
// pages, and the line that says what just happened.

import { get, Problem } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { day, isChinese, language, t, word } from '/i18n.js';
import { may } from '/session.js';
import { stackTable } from '/parts/pieces.js';
import { plainly } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';

export const itemAddress = (id) => `#/stock/${id}`;
export const lotAddress = (id) => `#/lots/${id}`;
export const deliveryAddress = (id) => `#/deliveries/${id}`;

// Its page is for those who take deliveries in.
export const deliveryLink = (id, invoice) => (may('pharmacist', 'staff') ? el('a', { href: deliveryAddress(id) }, invoice) : invoice);

export const batchAddress = (id) => `#/batches/${id}`;
export const transferAddress = ({ from_shop: shop, id }) => `#/transfers/${shop}/${id}`;
export const purchaseAddress = (id) => `#/purchases/${id}`;

const KEEPERS = ['pharmacist', 'staff'];

const TABS = [
    ['stock.tab_items', '#/stock'],
    ['receive.title', '#/receive', KEEPERS],
    ['deliveries.title', '#/deliveries', KEEPERS],
    ['purchases.title', '#/purchases', [...KEEPERS, 'admin']],
    ['transfers.title', '#/transfers', [...KEEPERS, 'admin']],
    ['batches.title', '#/batches', KEEPERS],
    ['corrections.title', '#/corrections', [...KEEPERS, 'admin']],
    ['nav.counts', '#/counts', [...KEEPERS, 'admin']],
    ['nav.recalls', '#/recalls', KEEPERS],
];

export function stockTabs(address) {
    const mine = TABS.filter(([, , roles]) => !roles || may(...roles));
    return el(
        'nav',
        { class: 'tabs', 'aria-label': t('nav.stock') },
        mine.map(([key, href]) => el('a', { class: 'section', href, 'aria-current': href === address ? 'page' : 'false' }, t(key))),
    );
}

export const amountText = ({ unit }, quantity) =>
    unit === 'mg' ? `${(quantity / 1000).toLocaleString()} g` : t('stock.pieces', { n: quantity.toLocaleString() });

// The same as one would type it.
export const plainAmount = ({ unit }, quantity) => (unit === 'each' ? String(quantity) : `${quantity / 1000} g`);

// The item's name, the reader's first.
export function itemName(item) {
    const [first, second] = isChinese() && item.name_hanzi ? [item.name_hanzi, item.name] : [item.name, item.name_hanzi];
    return [first, second && [' ', el('span', { class: 'name-second' }, second)]];
}

export const itemKinds = ['raw', 'granule', 'powder', 'product', 'goods'];

// What lies there is the ledger's alone: goods on their way or in the making.
export const LEDGER_PLACES = ['transit', 'making'];

export const holdsGoods = ({ internal, kind }) => internal && !LEDGER_PLACES.includes(kind);

// The places goods can be put in, as choices of a select.
export const placeChoices = (rows) => rows.filter(holdsGoods).map(({ code, name }) => [code, name && name !== code ? `${code} · ${name}` : code]);

export const plainName = (item) => (isChinese() && item.name_hanzi ? item.name_hanzi : item.name);

// The reader's of a row's english, zh_hans and zh_hant.
export function inLanguage(row) {
    return row[{ en: 'english', 'zh-Hans': 'zh_hans', 'zh-Hant': 'zh_hant' }[language()]] || row.english;
}

export function refusalTag(refusal) {
    return el('span', { class: refusal ? 'tag tag-stop' : 'tag tag-high' }, refusal ? word('passed_over', refusal) : t('stock.usable_tag'));
}

// An expiry as precise as it is known: a month stands for its last day.
export function expiryText({ expires_on: on, expiry_precision: precision }) {
    if (!on) return t('stock.no_expiry');
    return precision === 'month' ? t('lot.end_of', { month: monthOf(on) }) : day(on);
}

const monthOf = (on) => new Intl.DateTimeFormat(language(), { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(on));

// A cell with the name of its column for narrow screens, where there are no heads.
export function figure(key, text, kind = 'amount') {
    return el('td', { class: kind }, text && el('span', { class: 'stack-label' }, t(key)), text);
}

// A table of stock: cellsOf(row) gives the row's attributes, what stands in its head, and its other cells.
export function stockTable(heads, rows, cellsOf, kind = '') {
    const made = rows.map((row) => {
        const [attributes, head, ...cells] = cellsOf(row);
        return el('tr', attributes, el('th', { scope: 'row' }, head), cells);
    });
    return stackTable(`lots-table ${kind}`, heads, made);
}

// What was typed into the field as a quantity of the item: pieces, or milligrams as the service understands the weight; a bare number
// is grams. What is none is complained of at the field.
export async function amountIn({ name, input }, { unit }) {
    const typed = input.value.trim();
    if (unit === 'each') {
        if (/^\d{1,9}$/.test(typed) && Number(typed) > 0) return Number(typed);
        throw new Problem(422, { errors: [{ field: name, value: typed, rule: t('amount.no_pieces') }] });
    }
    try {
        const text = /^\d+(?:[.,]\d+)?$/.test(typed) ? `${typed} g` : typed;
        return (await get(`/api/v1/weights?${new URLSearchParams({ text })}`)).quantity_mg;
    } catch (problem) {
        throw renamed(problem, () => name);
    }
}

// The same problem with its fields called as a form calls them.
export function renamed(problem, nameOf) {
    problem.errors = (problem.errors ?? []).map((error) => ({ ...error, field: nameOf(error.field) }));
    return problem;
}

// Runs `send`; what the service says of lines[0].quantity is said of the field quantity.
export async function ofOneLine(send) {
    try {
        return await send();
    } catch (problem) {
        throw renamed(problem, (name) => name.replace(/^(?:lines|papers|parts)\[\d+\]\./, ''));
    }
}

export const amountHelp = ({ unit }) => (unit === 'each' ? 'amount.help_pieces' : 'amount.help');

// What just happened, where everybody looks, with what undoes it. say(text, { undo, links, bad }): undo is an async function; bad: it
// did not work.
export function doneNote() {
    const node = el('div', { class: 'done-note', role: 'status', tabindex: '-1' });
    const say = (text, { undo, links, bad } = {}) => {
        if (bad) replace(node, el('p', { class: 'form-message' }, text));
        else replace(node, text && el('p', { class: 'intake-good' }, icon('check'), el('span', null, text, links), undo && undoButton(undo)));
        if (text) node.focus();
    };
    return { node, say };
}

function undoButton(undo) {
    const press = async (event) => {
        const button = event.currentTarget;
        button.disabled = true;
        try {
            await undo();
        } catch (problem) {
            button.replaceWith(el('span', { class: 'form-message', role: 'alert' }, plainly(problem, explain)));
        }
    };
    return el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: press } }, t('done.undo'));
}
