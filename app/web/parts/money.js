// Sums of money as people type and read them: whole cents in and out. Nothing is worked out here; the service says what things cost.

import { language } from '/i18n.js';
import { person } from '/session.js';

const TYPED = /^(\d{1,8})(?:[.,](\d{1,2}))?$/;

export function moneyText(cents) {
    const { currency } = person().shop;
    return new Intl.NumberFormat(language(), { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(cents / 100);
}

// "12.5", "$12,50" → cents; null when the text is no sum.
export function centsOf(text) {
    const found = TYPED.exec(text.replace(/^[\p{Sc}\p{L}]{1,3}|\s/gu, ''));
    if (!found) return null;
    const [, whole, part = ''] = found;
    return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
