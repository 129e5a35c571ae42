// Pieces of traces and recalls: what a lot reaches, in a line, and the links between lots, orders and sales.

import { el } from '/dom.js';
import { t } from '/i18n.js';
import { orderAddress } from '/router.js';
import { may } from '/session.js';
import { amountOf } from '/parts/count_words.js';

export const traceAddress = (lot) => `#/lots/${lot}/trace`;

export const lotLink = ({ lot_id: id, lot_code: code }) => el('a', { href: traceAddress(id), class: 'lot-code' }, code);

// Its page is for those who work on orders.
export const orderLink = (id, words = `#${id}`) => (may('practitioner', 'pharmacist', 'staff') ? el('a', { href: orderAddress(id) }, words) : words);

// "3 patients and customers · 1 waiting orders · lies in A01, B02 · 2 lots made of it". Somebody unknown counts by the sale.
export function reachOf(trace) {
    const people = new Set([...trace.orders, ...trace.sales].map((one) => one.patient_id ?? `sale ${one.ticket_id}`));
    const waiting = new Set(trace.waiting.map((one) => one.order_id));
    const places = [...new Set(trace.lies.map((one) => one.location))];
    return [
        t('recalls.reaches', { people: people.size, waiting: waiting.size, places: places.join(', ') || t('recalls.nowhere') }),
        trace.made_into.length > 0 && t('recalls.made', { n: trace.made_into.length }),
    ]
        .filter(Boolean)
        .join(' · ');
}

export const placesText = (row, lies) => lies.map((one) => `${one.location} (${amountOf(one.unit ? one : row, one.quantity)})`).join(', ');
