// Sums of money as people type and read them: whole cents in and out. Nothing is worked out here; the service says what things cost.

import { language, t } from '/i18n.js';
import { person } from '/session.js';
import { wrongAt } from '/parts/form.js';

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

// The percentage typed in a field ("7.5", "7.5 %") as basis points, or the complaint that it is none.
export function percentAt(one) {
    const points = centsOf(one.input.value.trim().replace(/\s*%$/, ''));
    if (points === null) throw wrongAt(one, t('promo.no_percent'));
    return points;
}

// The sum typed in a field of a form, or the complaint that it is none.
export function sumAt(one) {
    const cents = centsOf(one.input.value.trim());
    if (cents === null) throw wrongAt(one, t('counter.no_sum'));
    return cents;
}
