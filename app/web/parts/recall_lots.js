// The lots of a recall: where each lies still, and where all of it that came in went.

import { el } from '/dom.js';
import { t, word } from '/i18n.js';
import { amountOf } from '/parts/count_words.js';
import { figure, itemName, stockTable } from '/parts/stock_pieces.js';
import { lotLink, placesText } from '/parts/trace_pieces.js';

const HEADS = [
    'trace.the_lot',
    ['recall.came_in', 'amount'],
    ['recall.here', 'amount'],
    ['recall.patients', 'amount'],
    ['recall.no_name', 'amount'],
    ['recall.made_into', 'amount'],
    ['recall.away', 'amount'],
    ['recall.lost', 'amount'],
];

export function lotTable({ mock, lots }) {
    return stockTable(HEADS, lots ?? [], (lot) => lotCells(lot, mock), 'recall-table');
}

const some = (lot, amount) => (amount ? amountOf(lot, amount) : '');

function lotCells(lot, mock) {
    const away = [lot.supplier && t('recall.to_supplier', { amount: amountOf(lot, lot.supplier) }), lot.other_shops && t('recall.to_shops', { amount: amountOf(lot, lot.other_shops) })];
    const lost = [lot.lost && t('recall.lost_of', { amount: amountOf(lot, lot.lost) }), lot.adjusted && t('recall.corrected', { amount: amountOf(lot, lot.adjusted) })];
    return [
        { 'data-lot': lot.lot_code },
        [
            lotLink(lot),
            ' ',
            itemName(lot),
            el('span', { class: 'row-below' }, [t(lot.named ? 'recall.named' : 'recall.made_of'), lot.supplier_name, word('lot_status', lot.status)].join(' · ')),
            lot.lies.length > 0 && el('span', { class: 'row-below recall-pull' }, t(mock ? 'recall.lies' : 'recall.take_out', { places: placesText(lot, lot.lies) })),
        ],
        figure('recall.came_in', some(lot, lot.came_in)),
        figure('recall.here', some(lot, lot.on_hand)),
        figure('recall.patients', some(lot, lot.patients)),
        figure('recall.no_name', some(lot, lot.customers_not_known)),
        figure('recall.made_into', some(lot, lot.made_into_others)),
        figure('recall.away', away.filter(Boolean).join(', ')),
        figure('recall.lost', lost.filter(Boolean).join(', ')),
    ];
}
