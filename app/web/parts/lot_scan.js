// What a code that was scanned or typed means in the shop's stock: its lots, or at least its item.

import { get, query } from '/api.js';
import { el } from '/dom.js';
import { t } from '/i18n.js';
import { may } from '/session.js';
import { expiryText, lotAddress } from '/parts/stock_pieces.js';

// { lots: [{ id, lot_code, about }], item }: a bar code, the shop's own code of a lot, a lot code or an item's number.
export async function meantBy(text) {
    const readings = await readingsOf(text);
    const scanned = readings.flatMap(({ item, lots }) => (item ? lots.map((lot) => ({ ...lot, about: `${item.name} · ${lot.supplier}` })) : []));
    const item = readings.find((one) => one.item)?.item ?? null;
    if (scanned.length || item) return { lots: once(scanned), item };
    const { rows } = await get(`/api/v1/lots?${new URLSearchParams({ code: text, all: true })}`);
    return { lots: once(rows.map((row) => ({ ...row, about: `${row.name} · ${row.supplier}` }))), item: null };
}

// A text that is no code at all has no readings.
export async function readingsOf(text) {
    if (!may('pharmacist', 'staff')) return [];
    try {
        return (await query('/api/v1/scans', { code: text })).readings;
    } catch (problem) {
        if (problem.status !== 422) throw problem;
        return [];
    }
}

const once = (lots) => [...new Map(lots.map((lot) => [lot.id, lot])).values()];

export function lotChoices(lots) {
    return el(
        'div',
        { class: 'lot-choices' },
        el('p', { class: 'strong' }, t('stock.several_lots')),
        el(
            'ul',
            { class: 'link-list' },
            lots.map((lot) =>
                el('li', null, el('span', null, el('a', { href: lotAddress(lot.id), class: 'lot-code' }, lot.lot_code), ` ${lot.about}`), el('span', { class: 'quiet' }, expiryText(lot))),
            ),
        ),
    );
}
