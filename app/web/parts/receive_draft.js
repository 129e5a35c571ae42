// A delivery while it is entered. It outlives leaving the page and reloading it, until it is booked or dropped; whoever signs in next at
// this browser does not see it.

import { newKey } from '/api.js';
import { person } from '/session.js';

const KEPT_AS = 'yaofang.delivery';

// Files cannot be kept over a reload: by the line they belong to.
export const chosenFiles = new Map();

const place = () => `${KEPT_AS}.${person().id}`;

// One key for one delivery: however often it is sent, it is booked once.
const emptyDraft = () => ({ key: newKey(), supplier: '', invoice: '', purchase: 0, lines: [] });

export function openDraft() {
    try {
        return JSON.parse(sessionStorage.getItem(place())) ?? emptyDraft();
    } catch {
        return emptyDraft();
    }
}

export function keepDraft(draft) {
    try {
        sessionStorage.setItem(place(), JSON.stringify(draft));
    } catch {
        // Then it lasts as long as the page.
    }
}

export function dropDraft() {
    chosenFiles.clear();
    try {
        sessionStorage.removeItem(place());
    } catch {
        // As above.
    }
}

// As the service takes it.
export function bodyOf({ supplier, invoice, purchase }, lines) {
    return {
        supplier,
        ...(invoice && { invoice }),
        ...(purchase && { purchase_order_id: purchase }),
        lines: lines.map(({ item, uid, ...line }) => ({
            sku: item.sku,
            unit: item.unit,
            ...Object.fromEntries(Object.entries(line).filter(([, value]) => value !== '' && value !== null && value !== undefined)),
        })),
    };
}

// A line of an item, with what a code or an order says of it; the place it belongs in, or the last one used.
export function lineOf(draft, item, from = {}) {
    return {
        uid: newKey(),
        item: { id: item.id, sku: item.sku, name: item.name, name_hanzi: item.name_hanzi, unit: item.unit },
        lot_code: from.lot_code ?? '',
        expires_on: from.expires_on ?? '',
        made_on: from.made_on ?? '',
        quantity: from.quantity ?? null,
        location: from.location ?? item.home ?? draft.lines.at(-1)?.location ?? '',
        cost_cents: from.cost_cents ?? null,
        certificate: '',
        status: '',
    };
}

export const isComplete = (line) => Boolean(line.lot_code && line.quantity && line.location && line.expires_on);

// What is said of a delivery when its page opens for the first time: that it was booked, and which files were not taken.
const said = new Map();

export const noteBooked = (id, text, failed) => said.set(id, { text, failed });

export function takeBooked(id) {
    const one = said.get(id);
    said.delete(id);
    return one;
}
