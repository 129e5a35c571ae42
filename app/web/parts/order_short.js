// An order for which there is not enough: what is missing and what lies free by now, another try, and a part of it to begin with.

import { send } from '/api.js';
import { el } from '/dom.js';
import { t } from '/i18n.js';
import { orderAddress } from '/router.js';
import { field, form, textInput } from '/parts/form.js';
import { amountText } from '/parts/grams.js';
import { known, nameNode } from '/parts/lexicon.js';
import { tool } from '/parts/order_stops.js';
import { tableHead } from '/parts/pieces.js';

export function shortForm({ order, short_lines: lines }, changed) {
    const button = el('button', { type: 'submit', class: 'btn btn-main next-go' }, t('short.again'));
    const again = async () => {
        await send('POST', `/api/v1/orders/${order.id}/allocation`, {});
        await changed();
    };
    return el(
        'div',
        { class: 'next-form' },
        form('next-form', [], [button], again, shortTable(lines)),
        order.packets > 1 && partForm(order),
    );
}

function shortTable(lines) {
    const heads = ['short.herb', ['orders.wanted', 'amount'], ['short.missing', 'amount'], ['short.free', 'amount']];
    return el('table', { class: 'items' }, tableHead(heads), el('tbody', null, lines.map(shortRow)));
}

function shortRow(line) {
    const herb = line.herb_id && known('herb', line.herb_id);
    return el(
        'tr',
        null,
        el('th', { scope: 'row' }, herb ? nameNode(herb) : line.pinyin),
        el('td', { class: 'amount' }, amountText(line, line.wanted_mg)),
        el('td', { class: 'amount' }, amountText(line, line.missing_mg)),
        el('td', { class: 'amount' }, amountText(line, line.free_now_mg)),
    );
}

function partForm(order) {
    const packets = field('packets', 'short.packets', textInput('', { inputmode: 'numeric', maxlength: '4' }));
    return tool('short.part', [packets], 'btn-quiet', async () => {
        const typed = packets.input.value.trim();
        const body = typed ? { packets: /^\d+$/.test(typed) ? Number(typed) : typed } : {};
        const part = await send('POST', `/api/v1/orders/${order.id}/part`, body);
        location.hash = orderAddress(part.order.id);
    });
}
