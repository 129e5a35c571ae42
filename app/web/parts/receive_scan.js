// A code that can be read in several ways, and a code the shop did not know.

import { send } from '/api.js';
import { el } from '/dom.js';
import { t } from '/i18n.js';
import { plainAmount, plainName } from '/parts/stock_pieces.js';

// choose(reading) is called with the one that is pressed.
export function readingChoices(readings, choose, cancel) {
    const node = el(
        'section',
        { class: 'card-box receive-editor' },
        el('h2', null, t('receive.several_readings')),
        el('ul', { class: 'item-choices' }, readings.map((reading) => el('li', null, el('button', { type: 'button', class: 'rx-patient', on: { click: () => choose(reading) } }, saysWhat(reading))))),
        el('div', { class: 'form-buttons' }, el('button', { type: 'button', class: 'btn btn-quiet', on: { click: cancel } }, t('form.cancel'))),
    );
    return { item: null, node, focus: () => node.querySelector('button').focus() };
}

function saysWhat({ item, gtin, lot_code: lot, expires_on: expires, line }) {
    return [
        el('span', { class: 'strong' }, item ? plainName(item) : (gtin ?? '')),
        el(
            'span',
            { class: 'quiet' },
            [lot && `${t('stock.lot')} ${lot}`, expires && `${t('stock.expires')} ${expires}`, line?.quantity && plainAmount(item, line.quantity)].filter(Boolean).join(' · '),
        ),
    ];
}

// All that may change of an item is sent as it stands, with the code; refused when somebody changed the item meanwhile.
const KEPT = ['name', 'preparation', 'name_hanzi', 'price_cents', 'price_per_quantity', 'home', 'reorder_quantity', 'tax_category', 'flags', 'pack_quantity', 'content_mg', 'version'];

export function rememberGtin(item, gtin) {
    const kept = Object.fromEntries(KEPT.map((name) => [name, item[name]]).filter(([, value]) => value !== null && value !== undefined && value !== ''));
    return send('PUT', `/api/v1/items/${item.id}`, { ...kept, gtin });
}
