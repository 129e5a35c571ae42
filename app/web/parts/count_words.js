// How counts, recalls and traces say amounts, and a button that asks once more.

import { el } from '/dom.js';
import { t } from '/i18n.js';
import { isCounted, milligrams } from '/parts/grams.js';
import { amountText } from '/parts/stock_pieces.js';

// An amount that is not there yet is a dash.
export function amountOf(row, amount) {
    if (amount === null || amount === undefined) return '–';
    return (amount < 0 ? '−' : '') + amountText(row, Math.abs(amount));
}

// What came or went: always with its sign.
export const changeOf = (row, amount) => (amount > 0 ? '+' : '') + amountOf(row, amount);

// What was typed, in the item's unit; null when it is none.
export function amountTyped(row, text) {
    if (!isCounted(row)) return milligrams(text);
    return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

// A button that asks once more, and forgets that it asked when the focus leaves it. What was refused stands below.
export function sureButton(key, sureKey, kind, act, explain) {
    const message = el('span', { class: 'field-error', role: 'alert' });
    const button = el('button', { type: 'button', class: `btn ${kind}` }, t(key));
    let asked = false;

    button.addEventListener('click', async () => {
        if (!asked) {
            asked = true;
            button.textContent = t(sureKey);
            return;
        }
        button.disabled = true;
        try {
            await act();
        } catch (problem) {
            message.textContent = explain(problem);
            button.disabled = false;
        }
    });
    button.addEventListener('blur', () => {
        if (button.disabled) return;
        asked = false;
        button.textContent = t(key);
    });
    return el('span', { class: 'act' }, button, message);
}
