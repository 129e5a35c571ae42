// Looking stock up: what there is of an item, where its lots lie, until when they last, and why one may not be used. What is
// booked anywhere shows by itself.

import { get } from '/api.js';
import { el, replace } from '/dom.js';
import { day, isChinese, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { searchField } from '/parts/filters.js';
import { nameLink, readAll } from '/parts/lexicon.js';
import { factList, section } from '/parts/monograph.js';
import { pageHead, stackTable, trail } from '/parts/pieces.js';

const ITEMS_MOST = 100;
const kept = { q: '' };

const itemAddress = (id) => `#/stock/${id}`;

export async function viewStock(_, signal) {
    const list = el('div', { class: 'stock' });
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    const read = async () => {
        const asked = new URLSearchParams({ limit: ITEMS_MOST });
        if (kept.q.trim()) asked.set('q', kept.q.trim());
        const { rows } = await get(`/api/v1/items?${asked}`, { signal });
        replace(list, rows.length ? itemTable(rows) : el('p', { class: 'empty' }, t('list.none', { q: kept.q })));
        count.textContent = t(rows.length === ITEMS_MOST ? 'book.first_rules' : 'stock.count', { n: rows.length });
    };
    const search = searchField('stock.search', kept, 'q', read);

    await read();
    readWhen(['stock', 'lot'], read, signal);
    return {
        title: t('nav.stock'),
        focus: () => search.querySelector('input'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('nav.stock', 'stock.lead'),
            el('div', { class: 'browse-tools' }, search, count),
            list,
        ),
    };
}

const amount = (item, quantity) =>
    item.unit === 'mg' ? `${(quantity / 1000).toLocaleString()} g` : t('stock.pieces', { n: quantity.toLocaleString() });

// The item's name, the reader's first.
function nameOf(item) {
    const [first, second] = isChinese() && item.name_hanzi ? [item.name_hanzi, item.name] : [item.name, item.name_hanzi];
    return [first, second && [' ', el('span', { class: 'name-second' }, second)]];
}

function itemTable(rows) {
    const heads = [
        'stock.item',
        'stock.kind',
        ['stock.free', 'amount'],
        ['stock.reserved', 'amount'],
        ['stock.on_hand', 'amount'],
        'stock.first_expiry',
        'stock.home',
    ];
    return stackTable('stock-table', heads, rows.map(itemRow));
}

function figure(key, text, kind = 'amount') {
    return el('td', { class: kind }, text && el('span', { class: 'stack-label' }, t(key)), text);
}

function itemRow(item) {
    const low = item.reorder_quantity !== null && item.usable < item.reorder_quantity;
    return el(
        'tr',
        { 'data-sku': item.sku },
        el(
            'th',
            { scope: 'row' },
            el('a', { href: itemAddress(item.id), class: 'row-link' }, nameOf(item)),
            el('span', { class: 'row-below' }, [item.sku, item.preparation].filter(Boolean).join(' · ')),
        ),
        el('td', null, word('item_kind', item.item_kind), low && [' ', el('span', { class: 'tag tag-warn' }, t('stock.low'))]),
        figure('stock.free', amount(item, item.free)),
        figure('stock.reserved', item.reserved ? amount(item, item.reserved) : ''),
        figure('stock.on_hand', amount(item, item.on_hand)),
        figure('stock.first_expiry', item.first_expiry ? day(item.first_expiry) : '', 'quiet'),
        figure('stock.home', item.home, 'quiet'),
    );
}

// One item: its figures and every lot that lies somewhere.
export async function viewStockItem({ id }, signal) {
    const node = el('div', { class: 'browse' });
    const read = async () => {
        const path = encodeURIComponent(id);
        const [item, lots] = await Promise.all([
            get(`/api/v1/items/${path}`, { signal }),
            get(`/api/v1/lots?item=${path}`, { signal }),
            readAll('herb', signal),
        ]);
        replace(node, itemPage(item, lots.rows));
        return item;
    };
    const item = await read();

    readWhen(['stock', 'lot'], read, signal, (event) => !event.items || event.items.includes(item.id));
    return { title: item.name, node };
}

function itemPage(item, rows) {
    const here = rows.filter((row) => row.quantity);
    const usable = here.filter((row) => !row.refusal);
    const barred = here.filter((row) => row.refusal);
    return el(
        'article',
        { class: 'monograph' },
        trail('nav.stock', '#/stock', item.sku),
        el(
            'header',
            { class: 'monograph-head' },
            el(
                'div',
                { class: 'monograph-title' },
                el('h1', { class: 'book-title' }, nameOf(item)),
                el(
                    'p',
                    { class: 'monograph-third' },
                    [word('item_kind', item.item_kind), item.preparation].filter(Boolean).join(' · '),
                    item.herb_id && [' · ', nameLink('herb', item.herb_id)],
                ),
            ),
        ),
        factList(
            [
                ['stock.free', amount(item, item.free)],
                ['stock.reserved', item.reserved ? amount(item, item.reserved) : ''],
                ['stock.usable', amount(item, item.usable)],
                ['stock.on_hand', amount(item, item.on_hand)],
                ['stock.first_expiry', item.first_expiry && day(item.first_expiry)],
                ['stock.home', item.home],
                ['stock.reorder', item.reorder_quantity ? amount(item, item.reorder_quantity) : ''],
            ],
            'property-strip',
        ),
        section('stock.lots', usable.length ? lotTable(item, usable) : el('p', { class: 'quiet' }, t('stock.no_lots'))),
        barred.length > 0 && section('stock.barred', lotTable(item, barred)),
    );
}

function lotTable(item, rows) {
    const heads = ['stock.lot', 'stock.place', ['stock.quantity', 'amount'], 'stock.expires', 'stock.state'];
    return stackTable(
        'lots-table',
        heads,
        rows.map((row) => lotRow(item, row)),
    );
}

function lotRow(item, lot) {
    return el(
        'tr',
        { 'data-lot': lot.lot_code },
        el(
            'th',
            { scope: 'row' },
            el('span', { class: 'lot-code' }, lot.lot_code),
            el('span', { class: 'row-below' }, [lot.supplier, lot.certificate].filter(Boolean).join(' · ')),
        ),
        figure('stock.place', lot.location, ''),
        figure('stock.quantity', amount(item, lot.quantity)),
        figure('stock.expires', lot.expires_on ? day(lot.expires_on) : t('stock.no_expiry'), ''),
        el(
            'td',
            null,
            el('span', { class: lot.refusal ? 'tag tag-stop' : 'tag tag-high' }, lot.refusal ? word('passed_over', lot.refusal) : t('stock.usable_tag')),
            lot.refusal && lot.status_reason && el('span', { class: 'row-below' }, lot.status_reason),
        ),
    );
}
