// What came back of an order after the hand-over: taken in, destroyed by one person, witnessed by another, each act for whoever may.
// Part of the order's page and of the list of what waits.

import { newKey, send } from '/api.js';
import { el, icon } from '/dom.js';
import { clock, t, word } from '/i18n.js';
import { may, person } from '/session.js';
import { field, form, said, selectInput, textArea, textInput, wrongAt } from '/parts/form.js';
import { orderReasons, tool } from '/parts/order_stops.js';

const KEEPERS = ['pharmacist', 'staff'];
export const mayReturn = () => may(...KEEPERS);

// The coded reasons of a return and ways of destroying it: { back, destroy }.
export async function returnReasons(signal) {
    const [back, destroy] = await Promise.all(['return', 'destroy'].map((use) => orderReasons(use, signal)));
    return { back, destroy };
}

// How many packets of the order are out.
export const packetsOut = ({ order, returns }) => (returns.length ? returns.at(-1).packets_left : order.packets);

// All returns of one order and, behind its name, the form to take more back. Nothing before the hand-over.
export function orderReturns(found, reasons, changed) {
    const { order, returns } = found;
    if (order.state !== 'handed_over') return null;
    const out = packetsOut(found);
    const list = returns.map((one) => el('li', { class: `stop ${one.witnessed_at ? '' : 'stop-open'}`, 'data-return': one.return_no }, returnLines({ ...one, order_id: order.id }, reasons, changed)));
    return [
        list.length > 0 && el('ol', { class: 'stops' }, list),
        list.length > 0 && out > 0 && el('p', { class: 'quiet' }, t('returns.out', { n: out })),
        out > 0 && mayReturn() && tool('returns.take_back', ...takeBack(order, out, reasons.back, changed)),
    ].filter(Boolean);
}

// What there is to say and to do about one return, a row with its order_id.
export function returnLines(one, reasons, changed) {
    return [
        el('p', null, standing(one), ' ', el('span', { class: 'strong' }, t('returns.came', { n: one.packets })), ' · ', reasonText(reasons.back, one.reason, one.reason_english), one.note && `: ${one.note}`),
        by('returns.received', one.received_by, one.received_at),
        one.destroyed_at && [
            by('returns.destroyed', one.destroyed_by, one.destroyed_at, reasonText(reasons.destroy, one.method, one.method_english)),
            one.destruction_note && el('p', null, one.destruction_note),
        ],
        one.witnessed_at ? by(one.single_person ? 'returns.second_look' : 'returns.witnessed', one.witnessed_by, one.witnessed_at) : act(one, reasons, changed),
    ];
}

const reasonText = (reasons, code, english) => reasons.find(([one]) => one === code)?.[1] ?? english ?? code;

const by = (key, name, at, how) => el('p', { class: 'quiet' }, t(key, { name, how, when: clock(new Date(at)) }));

function standing({ destroyed_at: destroyed, witnessed_at: witnessed }) {
    if (witnessed) return el('span', { class: 'tag tag-high' }, t('returns.over'));
    return el('span', { class: 'tag tag-warn' }, t(destroyed ? 'returns.to_witness' : 'returns.to_destroy'));
}

function act(one, reasons, changed) {
    if (!mayReturn()) return null;
    if (!one.destroyed_at) return destroyForm(one, reasons.destroy, changed);
    const why = whyNoWitness(one);
    return why ? el('p', { class: 'next-why', role: 'note' }, icon('person'), ' ', why) : witnessForm(one, changed);
}

// Why the reader may not be the witness, as the service would say it; '' when she may.
export function whyNoWitness(one) {
    if (!mayReturn()) return t('returns.not_your_role', { roles: KEEPERS.map((role) => word('staff', role)).join(t('next.or')) });
    if (one.destroyer_id === person().id && !one.second_look_from) return t('returns.not_you');
    if (!one.destroyed_by_pharmacist && !may('pharmacist')) return t('returns.a_pharmacist');
    const from = new Date(one.second_look_from ?? 0);
    return one.destroyer_id === person().id && from > new Date() ? t('returns.not_yet', { when: clock(from) }) : '';
}

const pathOf = ({ order_id: order, return_no: no }, step) => `/api/v1/orders/${order}/returns/${no}/${step}`;

function destroyForm(one, methods, changed) {
    const key = newKey();
    const fields = [field('method', 'returns.method', selectInput('', [['', t('next.choose')], ...methods]), { needed: true }), noteField()];
    return tool('returns.destroy', fields, 'btn-main', async () => {
        await send('POST', pathOf(one, 'destruction'), said(fields), { key });
        await changed(t('returns.did_destroy', { id: one.order_id }));
    }, { say: 'returns.do_destroy' });
}

function witnessForm(one, changed) {
    const key = newKey();
    const about = el('p', null, t('returns.witness_about', { n: one.packets }));
    return tool('returns.witness', [], 'btn-main', async () => {
        await send('POST', pathOf(one, 'witness'), undefined, { key });
        await changed(t('returns.did_witness', { id: one.order_id }));
    }, { say: 'returns.do_witness', about });
}

const noteField = () => field('note', 'work.note', textArea('', { maxlength: '500' }), { wide: true });

// [fields, kind of button, act] of the form that takes packets back: all that are out, unless fewer are typed.
function takeBack(order, out, reasons, changed) {
    const key = newKey();
    const packets = field('packets', 'returns.packets', textInput(String(out), { inputmode: 'numeric', maxlength: '5' }), { needed: true, help: 'returns.packets_help' });
    const fields = [packets, field('reason', 'orders.reason', selectInput('', [['', t('next.choose')], ...reasons]), { needed: true }), noteField()];
    const take = async () => {
        const typed = packets.input.value.trim();
        if (!/^\d+$/.test(typed)) throw wrongAt(packets, t('returns.no_number'));
        await send('POST', `/api/v1/orders/${order.id}/returns`, { ...said(fields), packets: Number(typed) }, { key });
        await changed(t('returns.took', { id: order.id, n: typed }));
    };
    return [fields, 'btn-main', take];
}

// The same form, open.
export function takeBackForm(found, reasons, changed) {
    const [fields, kind, take] = takeBack(found.order, packetsOut(found), reasons.back, changed);
    const button = el('button', { type: 'submit', class: `btn ${kind}` }, t('returns.take_back'));
    return form('next-form', fields, [button], take, el('div', { class: 'form-grid' }, fields.map(({ node }) => node)));
}
