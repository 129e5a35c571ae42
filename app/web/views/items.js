// What the shop keeps: finding an item by any name or number, adding one, and one with all that is said of it, where it should lie and from
// whom it came.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { may } from '/session.js';
import { firstOf, keptItemAddress, listOrNothing, listPage, listTrail, mayFurnish, placeAddress, retiredTag, retireForm, supplierAddress, suppliesTable, twoColumns } from '/parts/furnish.js';
import { changeItem, goodsNote, newItem } from '/parts/item_form.js';
import { nameLink, readAll } from '/parts/lexicon.js';
import { readingsOf } from '/parts/lot_scan.js';
import { moneyText } from '/parts/money.js';
import { factList, section } from '/parts/monograph.js';
import { addItemPar, itemPars } from '/parts/pars.js';
import { fresh, thingHead } from '/parts/pieces.js';
import { explain } from '/parts/states.js';
import { amountText, doneNote, figure, itemAddress, itemName, placeChoices, plainName } from '/parts/stock_pieces.js';

const ITEMS_MOST = 100;
const kept = { q: '', retired: false };

// What a price is for is not said where it is one gram or one piece.
function priceText(item) {
    const one = item.unit === 'mg' ? 1000 : 1;
    const per = item.price_per_quantity === one ? t(`item.per_${item.unit}`) : amountText(item, item.price_per_quantity);
    return t('item.price_for', { price: moneyText(item.price_cents), amount: per });
}

async function readLists(signal) {
    const [places, taxes] = await Promise.all([get('/api/v1/locations', { signal }), get('/api/v1/tax-categories?all=true', { signal })]);
    return {
        places: placeChoices(places.rows),
        ids: Object.fromEntries(places.rows.map(({ code, id }) => [code, id])),
        taxes: taxes.rows,
    };
}

export async function viewItems(_, signal) {
    const list = el('div');
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    const said = el('div', { 'aria-live': 'polite' });
    const ask = () => {
        const asked = new URLSearchParams({ limit: ITEMS_MOST, all: kept.retired });
        if (kept.q.trim()) asked.set('q', kept.q.trim());
        return get(`/api/v1/items?${asked}`, { signal });
    };
    const shown = fresh(list, ask, ({ rows }) => {
        const heads = ['stock.item', 'stock.kind', ['item.price', 'amount'], 'item.home', ['stock.reorder', 'amount'], ['stock.on_hand', 'amount']];
        replace(list, listOrNothing(rows, kept.q, heads, itemCells));
        count.textContent = t(rows.length === ITEMS_MOST ? 'book.first_rules' : 'stock.count', { n: rows.length });
    });
    const [lists] = await Promise.all([readLists(signal), shown.read()]);
    const fold = newItem(lists, ({ id }) => (location.hash = keptItemAddress(id)));
    const { search, node } = listPage('items', kept, shown.read, shown.read, [said, list], count, fold.node, el('a', { class: 'btn btn-quiet', href: '#/tables/in' }, icon('sheet'), t('receive.from_file')));

    search.addEventListener('keydown', (event) => event.key === 'Enter' && openMeant(kept.q.trim(), shown.read, said, fold.open));
    readWhen(['stock'], shown.readUnlessWriting, signal);
    return { title: t('items.title'), focus: () => search.querySelector('input'), node };
}

function itemCells(item) {
    const low = item.reorder_quantity !== null && item.usable < item.reorder_quantity;
    return [
        { 'data-sku': item.sku },
        [el('a', { href: keptItemAddress(item.id), class: 'row-link' }, itemName(item)), retiredTag(item), el('span', { class: 'row-below' }, [item.sku, item.preparation].filter(Boolean).join(' · '))],
        el('td', null, word('item_kind', item.item_kind)),
        figure('item.price', priceText(item)),
        figure('item.home', item.home, ''),
        figure('stock.reorder', item.reorder_quantity ? amountText(item, item.reorder_quantity) : ''),
        figure('stock.on_hand', [low && [el('span', { class: 'tag tag-warn' }, t('stock.low')), ' '], amountText(item, item.on_hand)]),
    ];
}

// Enter, as a scanner sends it, opens the item that is meant; a pack nobody knows can become a new item.
async function openMeant(text, read, said, open) {
    if (!text) return;
    try {
        const [{ rows }, readings] = await Promise.all([read(), readingsOf(text)]);
        const item = readings.find((one) => one.item)?.item ?? rows.find(({ sku }) => sku.toLowerCase() === text.toLowerCase()) ?? (rows.length === 1 && rows[0]);
        const gtin = readings.find((one) => one.gtin)?.gtin;
        replace(said);
        if (item) {
            kept.q = '';
            location.hash = keptItemAddress(item.id);
        } else if (gtin && mayFurnish()) replace(said, unknownPack(gtin, open));
    } catch (problem) {
        replace(said, el('p', { class: 'form-message', role: 'alert' }, explain(problem)));
    }
}

const unknownPack = (gtin, open) =>
    el(
        'p',
        { class: 'unknown-pack' },
        t('items.unknown_gtin', { gtin }),
        ' ',
        el('button', { type: 'button', class: 'btn btn-main btn-small', on: { click: () => open(gtin) } }, icon('plus'), t('items.new')),
    );

export async function viewItem({ id }, signal) {
    const path = `/api/v1/items/${encodeURIComponent(id)}`;
    const note = doneNote();
    const body = el('div');
    const [lists] = await Promise.all([readLists(signal), readAll('herb', signal)]);
    const ask = async () => {
        const item = await get(path, { signal });
        const [pars, supplies] = await Promise.all([get('/api/v1/pars', { signal }), may('admin', 'pharmacist', 'staff') ? get(`/api/v1/supplies?item=${item.id}`, { signal }) : { rows: [] }]);
        return { item, pars: pars.rows.filter((row) => row.item_id === item.id), supplies: supplies.rows };
    };
    const shown = fresh(body, ask, (found) => replace(body, page(found, lists, path, done)));
    const done = async (text) => {
        await shown.read();
        note.say(text);
    };
    const { item } = await shown.read();

    readWhen(['stock'], shown.readUnlessWriting, signal, (event) => !event.items || event.items.includes(item.id));
    return { title: item.name, node: el('div', { class: 'browse furnish' }, note.node, body) };
}

function page({ item, pars, supplies }, lists, path, done) {
    return el(
        'article',
        { class: 'monograph' },
        listTrail('items.title', '#/items', item.sku),
        thingHead(
            el('h1', { class: 'book-title' }, itemName(item), retiredTag(item)),
            el('p', { class: 'monograph-third' }, [item.sku, word('item_kind', item.item_kind), item.preparation].filter(Boolean).join(' · '), item.herb_id && [' · ', nameLink('herb', item.herb_id)]),
            el('a', { class: 'btn btn-quiet', href: itemAddress(item.id) }, icon('box'), t('item.stock')),
        ),
        item.item_kind === 'goods' && goodsNote(),
        facts(item, lists),
        twoColumns(
            [
                section('item.suppliers', supplies.length ? firstOf(supplies, (rows) => suppliesTable(rows, 'lot.supplier', supplierOf)) : el('p', { class: 'quiet' }, t('item.no_suppliers'))),
                section('item.pars', pars.length ? itemPars(pars, done) : el('p', { class: 'quiet' }, t('par.none')), mayFurnish() && addItemPar(item, lists.places, done)),
            ],
            section('lot.acts', mayFurnish() ? [changeItem(item, lists, done), retireForm(path, item, done)] : el('p', { class: 'quiet' }, t('furnish.not_you'))),
        ),
    );
}

const ratioText = ({ ratio_numerator: numerator, ratio_denominator: denominator }) => `${(numerator / denominator).toLocaleString()}:1`;

function taxText({ tax_category: category }, taxes) {
    const found = taxes.find((one) => one.tax_category === category);
    return found && [found.name, retiredTag(found)];
}

function facts(item, { taxes, ids }) {
    return factList(
        [
            ['item.price', priceText(item)],
            ['item.tax_category', taxText(item, taxes)],
            ['item.ratio', item.item_kind === 'granule' && ratioText(item)],
            ['item.home', ids[item.home] ? el('a', { href: placeAddress(ids[item.home]) }, item.home) : item.home],
            ['stock.reorder', item.reorder_quantity ? amountText(item, item.reorder_quantity) : ''],
            ['item.gtin', item.gtin],
            ['item.pack_quantity', item.pack_quantity && amountText(item, item.pack_quantity)],
            ['item.content_mg', item.content_mg && amountText({ unit: 'mg' }, item.content_mg)],
            ['item.flags', item.flags.replaceAll(';', ', ')],
            ['stock.free', amountText(item, item.free)],
            ['stock.on_hand', amountText(item, item.on_hand)],
        ],
        'property-strip',
    );
}

const supplierOf = (row) => [el('a', { href: supplierAddress(row.supplier_id), class: 'row-link' }, plainName({ name: row.supplier_name, name_hanzi: row.supplier_name_hanzi })), el('span', { class: 'row-below' }, row.supplier)];
