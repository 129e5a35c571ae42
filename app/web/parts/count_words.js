// How counts, recalls and traces name things: an item in the reader's language, an amount in its unit, money as the shop has it.

import { el } from '/dom.js';
import { isChinese, language, t } from '/i18n.js';
import { person } from '/session.js';
import { gramsText, isCounted, milligrams } from '/parts/grams.js';

// The item's names, the reader's first.
export function itemNames({ name, name_hanzi: hanzi }) {
    const [first, second] = isChinese() && hanzi ? [hanzi, name] : [name, hanzi];
    return { first: first ?? '', second: second ?? '' };
}

export const itemText = (row) => itemNames(row).first;

export function itemNode(row) {
    const { first, second } = itemNames(row);
    return [first, second && [' ', el('span', { class: 'name-second' }, second)]];
}

// "1,068 g" or "12 pcs"; an amount that is not there yet is a dash.
export function amountOf(row, amount) {
    if (amount === null || amount === undefined) return '–';
    const sign = amount < 0 ? '−' : '';
    return sign + (isCounted(row) ? t('stock.pieces', { n: Math.abs(amount).toLocaleString() }) : gramsText(Math.abs(amount)));
}

// What came or went: always with its sign.
export const changeOf = (row, amount) => (amount > 0 ? '+' : '') + amountOf(row, amount);

// What was typed, in the item's unit; null when it is none.
export function amountTyped(row, text) {
    if (!isCounted(row)) return milligrams(text);
    return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

export function moneyText(cents) {
    return new Intl.NumberFormat(language(), { style: 'currency', currency: person().shop.currency }).format(cents / 100);
}

// A button that asks once more before it acts; what was refused stands below it. act() → what is shown then, if anything.
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
    return el('span', { class: 'act' }, button, message);
}
