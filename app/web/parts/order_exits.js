// The ways out of an order before it is handed over: cancelled, declined, wasted (and entered anew), and a rest that is not wanted.

import { send } from '/api.js';
import { el } from '/dom.js';
import { orderAddress } from '/router.js';
import { may } from '/session.js';
import { field, said, selectInput, textArea, textInput, tickField } from '/parts/form.js';
import { tool } from '/parts/order_stops.js';

const CANCELLABLE = ['entered', 'short', 'allocated', 'released', 'weighed'];
const DECLINABLE = ['entered', 'short', 'allocated'];
const WASTABLE = ['released', 'weighed', 'checked'];

// What was in the pot can only be wasted. reasons: { reject, waste, not_wanted }, each [[code, text], …].
export function orderExits({ order, bench, supply, decoctions }, reasons, changed) {
    const weighed = bench.weighed > 0;
    const tools = [
        may('pharmacist') && DECLINABLE.includes(order.state) && coded(order, 'reject', reasons.reject, changed),
        may('pharmacist', 'staff') && CANCELLABLE.includes(order.state) && !decoctions.length && cancelForm(order, changed),
        may('pharmacist') && WASTABLE.includes(order.state) && weighed && wasteForm(order, reasons.waste, changed),
        supply?.packets_owed > 0 && coded(order, 'forgo', reasons.not_wanted, changed),
    ].filter(Boolean);
    return tools.length ? el('div', { class: 'exits' }, tools) : null;
}

const noteField = () => field('note', 'work.note', textArea(''), { wide: true });

function cancelForm(order, changed) {
    const fields = [field('reason', 'orders.reason', textInput('', { maxlength: '500' }), { needed: true, wide: true })];
    return tool('exit.cancel', fields, 'btn-quiet', async () => {
        await send('POST', `/api/v1/orders/${order.id}/cancel`, said(fields));
        await changed();
    });
}

function coded(order, way, reasons, changed) {
    const fields = [field('reason', 'orders.reason', selectInput('', reasons), { needed: true }), noteField()];
    return tool(`exit.${way}`, fields, 'btn-quiet', async () => {
        await send('POST', `/api/v1/orders/${order.id}/${way}`, said(fields));
        await changed();
    });
}

function wasteForm(order, reasons, changed) {
    const anew = tickField('again', 'exit.again', true, { wide: true });
    const fields = [field('reason', 'orders.reason', selectInput('', reasons), { needed: true }), noteField()];
    return tool('exit.waste', [...fields, anew], 'btn-quiet', async () => {
        const left = await send('POST', `/api/v1/orders/${order.id}/waste`, { ...said(fields), again: anew.input.checked });
        if (left.order.id === order.id) await changed();
        else location.hash = orderAddress(left.order.id);
    });
}
