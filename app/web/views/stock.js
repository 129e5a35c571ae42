// Looking stock up: what there is of an item, where its lots lie, until when they last, and why one may not be used. What is
// booked anywhere shows by itself.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { may } from '/session.js';
import { searchField } from '/parts/filters.js';
import { nameLink, readAll } from '/parts/lexicon.js';
import { lotChoices, meantBy } from '/parts/lot_scan.js';
import { factList, section } from '/parts/monograph.js';
import { fresh, pageHead, stackTable, trail } from '/parts/pieces.js';
import { explain } from '/parts/states.js';
import { amountText, expiryText, figure, itemAddress, itemName, lotAddress, refusalTag, stockTabs } from '/parts/stock_pieces.js';

const ITEMS_MOST = 100;
const kept = { q: '' };

export async function viewStock(_, signal) {
    const list = el('div', { class: 'stock' });
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    const ask = () => {
        const asked = new URLSearchParams({ limit: ITEMS_MOST });
        if (kept.q.trim()) asked.set('q', kept.q.trim());
        return get(`/api/v1/items?${asked}`, { signal });
    };
    const shown = fresh(list, ask, ({ rows }) => {
        replace(list, rows.length ? itemTable(rows) : el('p', { class: 'empty' }, t('list.none', { q: kept.q })));
        count.textContent = t(rows.length === ITEMS_MOST ? 'book.first_rules' : 'stock.count', { n: rows.length });
    });
    const choices = el('div', { class: 'stock-choices', 'aria-live': 'polite' });
    const search = searchField('stock.search', kept, 'q', shown.read);

    search.addEventListener('keydown', (event) => event.key === 'Enter' && openMeant(kept.q.trim(), choices));

    await shown.read();
    readWhen(['stock', 'lot'], shown.readUnlessWriting, signal);
    return {
        title: t('nav.stock'),
        focus: () => search.querySelector('input'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('nav.stock', 'stock.lead'),
            stockTabs('#/stock'),
            el('div', { class: 'browse-tools' }, search, count),
            choices,
            list,
        ),
    };
}

// Enter, as a scanner sends it, goes to the lot or item that is meant.
async function openMeant(text, choices) {
    if (!text) return;
    try {
        const { lots, item } = await meantBy(text);
        replace(choices, lots.length > 1 && lotChoices(lots));
        if (lots.length > 1 || (!lots.length && !item)) return;
        kept.q = '';
        location.hash = lots.length ? lotAddress(lots[0].id) : itemAddress(item.id);
    } catch (problem) {
        replace(choices, el('p', { class: 'form-message', role: 'alert' }, explain(problem)));
    }
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

function itemRow(item) {
    const low = item.reorder_quantity !== null && item.usable < item.reorder_quantity;
    return el(
        'tr',
        { 'data-sku': item.sku },
        el(
            'th',
            { scope: 'row' },
            el('a', { href: itemAddress(item.id), class: 'row-link' }, itemName(item)),
            el('span', { class: 'row-below' }, [item.sku, item.preparation].filter(Boolean).join(' · ')),
        ),
        el('td', null, word('item_kind', item.item_kind), low && [' ', el('span', { class: 'tag tag-warn' }, t('stock.low'))]),
        figure('stock.free', amountText(item, item.free)),
        figure('stock.reserved', item.reserved ? amountText(item, item.reserved) : ''),
        figure('stock.on_hand', amountText(item, item.on_hand)),
        figure('stock.first_expiry', item.first_expiry ? day(item.first_expiry) : '', 'quiet'),
        figure('stock.home', item.home, 'quiet'),
    );
}

// One item: its figures and every lot that lies somewhere.
export async function viewStockItem({ id }, signal) {
    const node = el('div', { class: 'browse' });
    const ask = async () => {
        const path = encodeURIComponent(id);
        const [item, lots] = await Promise.all([
            get(`/api/v1/items/${path}`, { signal }),
            get(`/api/v1/lots?item=${path}`, { signal }),
            readAll('herb', signal),
        ]);
        return { item, rows: lots.rows };
    };
    const shown = fresh(node, ask, ({ item, rows }) => replace(node, itemPage(item, rows)));
    const { item } = await shown.read();

    readWhen(['stock', 'lot'], shown.readUnlessWriting, signal, (event) => !event.items || event.items.includes(item.id));
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
                el('h1', { class: 'book-title' }, itemName(item)),
                el(
                    'p',
                    { class: 'monograph-third' },
                    [word('item_kind', item.item_kind), item.preparation].filter(Boolean).join(' · '),
                    item.herb_id && [' · ', nameLink('herb', item.herb_id)],
                ),
            ),
            may('staff', 'pharmacist', 'admin') && el('div', { class: 'papers' }, el('a', { class: 'btn btn-quiet', href: `#/items/${item.id}` }, icon('tools'), t('item.keep'))),
        ),
        factList(
            [
                ['stock.free', amountText(item, item.free)],
                ['stock.reserved', item.reserved ? amountText(item, item.reserved) : ''],
                ['stock.usable', amountText(item, item.usable)],
                ['stock.on_hand', amountText(item, item.on_hand)],
                ['stock.first_expiry', item.first_expiry && day(item.first_expiry)],
                ['stock.home', item.home],
                ['stock.reorder', item.reorder_quantity ? amountText(item, item.reorder_quantity) : ''],
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
            el('a', { href: lotAddress(lot.id), class: 'row-link lot-code' }, lot.lot_code),
            el('span', { class: 'row-below' }, [lot.supplier, lot.certificate].filter(Boolean).join(' · ')),
        ),
        figure('stock.place', lot.location, ''),
        figure('stock.quantity', amountText(item, lot.quantity)),
        figure('stock.expires', expiryText(lot), ''),
        el(
            'td',
            null,
            refusalTag(lot.refusal),
            lot.refusal && lot.status_reason && el('span', { class: 'row-below' }, lot.status_reason),
        ),
    );
}
