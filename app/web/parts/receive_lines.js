// The lines of a delivery so far, each with what is wrong with it or should be known, to change and to take out.

import { el, icon } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { faultText, fieldText } from '/rules.js';
import { deliveryAddress, amountText, figure, itemName } from '/parts/stock_pieces.js';
import { moneyText } from '/parts/money.js';
import { stackTable } from '/parts/pieces.js';
import { chosenFiles } from '/parts/receive_draft.js';

const GRAVE = ['expired', 'not_ordered', 'over_ordered'];

// found: { errors, warnings } of the whole; change(line) and remove(line) are called with the line.
export function linesTable(lines, found, change, remove) {
    const heads = ['stock.item', 'stock.lot', 'stock.expires', ['stock.quantity', 'amount'], ['receive.cost', 'amount'], 'stock.home', 'receive.papers', 'receive.tools'];
    return stackTable('lots-table receive-table', heads, lines.map((line, i) => lineRow(line, i, found, change, remove)));
}

function lineRow(line, i, { errors, warnings }, change, remove) {
    const mine = errors.filter(({ field }) => field.startsWith(`lines[${i}].`));
    const told = warnings.filter(({ line_no: no }) => no === i + 1);
    const papers = [line.certificate, chosenFiles.get(line.uid)?.name, line.status && word('lot_status', line.status)];
    return el(
        'tr',
        { 'data-line': line.lot_code },
        el(
            'th',
            { scope: 'row' },
            itemName(line.item),
            el('span', { class: 'row-below' }, line.item.sku),
            mine.map((one) => el('span', { class: 'field-error' }, `${fieldText(one.field.split('.').at(-1))}: ${faultText(one)}`)),
            told.map((one) => warningNode(one, line)),
        ),
        el('td', { class: 'lot-code' }, line.lot_code),
        figure('stock.expires', line.expires_on || '–', ''),
        figure('stock.quantity', amountText(line.item, line.quantity)),
        figure('receive.cost', line.cost_cents === null ? '' : moneyText(line.cost_cents)),
        figure('stock.home', line.location, ''),
        el('td', null, papers.filter(Boolean).join(' · ')),
        el(
            'td',
            { class: 'receive-tools' },
            toolButton('pen', 'receive.change_line', line, () => change(line)),
            toolButton('close', 'receive.remove_line', line, () => remove(line)),
        ),
    );
}

function toolButton(picture, key, line, press) {
    const name = t(key, { lot: line.lot_code });
    return el('button', { type: 'button', class: 'entry-remove', title: name, 'aria-label': name, on: { click: press } }, icon(picture));
}

export function warningNode({ warning, value }, line) {
    const values = {
        known_lot: () => ({ status: word('lot_status', value) }),
        over_ordered: () => ({ open: amountText(line.item, Number(value)) }),
        expired: () => ({ day: day(value) }),
        short_expiry: () => ({ day: day(value) }),
        known_invoice: () => ({ id: value }),
    };
    const text = t(`receive_warning.${warning}`, values[warning]?.() ?? {});
    const grave = GRAVE.includes(warning) || (warning === 'known_lot' && ['held', 'recalled'].includes(value));
    return el(
        'span',
        { class: `row-below receive-warning ${grave ? 'receive-grave' : ''}`, 'data-warning': warning },
        grave && icon('major'),
        text,
        warning === 'known_invoice' && [' ', el('a', { href: deliveryAddress(value) }, t('receive.look'))],
    );
}
