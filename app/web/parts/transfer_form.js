// What becomes of the lines of a transfer that are still on their way: how much of each, and where it goes.

import { el } from '/dom.js';
import { t } from '/i18n.js';
import { field, selectInput, textArea, textInput } from '/parts/form.js';
import { itemOfSku } from '/parts/item_search.js';
import { tool } from '/parts/order_stops.js';
import { amountHelp, amountIn, plainAmount, renamed } from '/parts/stock_pieces.js';

// way: accept, take_back or lost. act(lines, note) is called with the lines of which anything was said; an empty amount leaves a line.
export function transferForm(way, open, places, act) {
    const parts = open.map((line, i) => partFields(way, line, i, places));
    const note = way === 'lost' && field('note', 'stop.reason', textArea('', { maxlength: '500' }), { needed: true, wide: true });
    const fields = [...parts.flatMap((part) => part.fields), note].filter(Boolean);
    return tool(`transfer.do_${way}`, fields, 'btn-main', async () => {
        const taken = parts.filter(({ quantity }) => quantity.input.value.trim());
        const lines = [];
        for (const { line, quantity, location, sku } of taken)
            lines.push({
                line_no: line.line_no,
                quantity: await amountIn(quantity, line),
                ...(location && { location: location.input.value }),
                ...(sku && sku.input.value.trim() && sku.input.value.trim() !== line.sku && { sku: sku.input.value.trim() }),
            });
        try {
            await act(lines, note && note.input.value.trim());
        } catch (problem) {
            throw renamed(problem, (path) => path.replace(/^lines\[(\d+)\]\.(\w+)$/, (_, at, name) => `${name}-${open.indexOf(taken[at].line)}`));
        }
    });
}

function partFields(way, line, i, places) {
    const quantity = field(`quantity-${i}`, 'stock.quantity', textInput(plainAmount(line, line.open), { maxlength: '30' }), { help: amountHelp(line) });
    const choices = [['', t('next.choose')], ...places.map(({ code, name }) => [code, name && name !== code ? `${code} · ${name}` : code])];
    const location = way !== 'lost' && field(`location-${i}`, 'transfer.to_place', selectInput('', choices));
    const sku = way === 'accept' && field(`sku-${i}`, 'transfer.our_item', textInput(line.sku, { maxlength: '60' }));
    quantity.node.querySelector('label').prepend(el('span', { class: 'row-below' }, `${line.name} · ${line.lot_code}`));
    if (sku) offerHome(line.sku, location.input);
    return { line, quantity, location, sku, fields: [quantity, location, sku].filter(Boolean) };
}

// Where our item of that number belongs, unless a place was chosen meanwhile.
async function offerHome(sku, select) {
    try {
        const item = await itemOfSku(sku);
        if (item?.home && !select.value) select.value = item.home;
    } catch {
        // Then it is chosen by hand.
    }
}
