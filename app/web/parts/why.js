// Why a price or a promo code is as it is, in the reader's language: the service gives a word with its terms, and beside them an English
// sentence, which stands where it gave no word (lines sold before it did).

import { day, isChinese, t, word } from '/i18n.js';
import { strings } from '/strings.js';
import { moneyText } from '/parts/money.js';
import { percentText } from '/parts/promo_terms.js';
import { wordsText } from '/parts/promo_words.js';

// How a term's name ends says what it is; its place in the sentence is called without that.
const ENDINGS = [
    ['_cents', moneyText],
    ['_basis_points', percentText],
    ['_on', day],
];

function reasonText(name, terms, sentence, lists) {
    return strings[`why.${name}`] ? t(`why.${name}`, places(terms ?? {}, lists)) : (sentence ?? '');
}

function places(terms, lists) {
    const shown = Object.entries(terms).map(([name, value]) => {
        const [ending, say] = ENDINGS.find(([one]) => name.endsWith(one)) ?? ['', (plain) => said(name, plain, terms, lists)];
        return [name.slice(0, name.length - ending.length), say(value)];
    });
    return Object.fromEntries(shown);
}

function said(name, value, terms, lists) {
    if (value?.reason) return reasonText(value.reason, value.terms, '', lists);
    if (name === 'words') return wordsText(value, lists);
    if (name === 'restriction') return word('restriction', value);
    return (isChinese() && terms[`${name}_hanzi`]) || value;
}

// Of a code, and of what it did to a line. lists: the shop's, for the words of a code's terms (parts/price_pieces.js).
export const whyText = ({ reason, terms, why }, lists) => reasonText(reason, terms, why, lists);

// Of a line of a ticket.
export const pricedBy = (row) => reasonText(row.price_reason, row.price_terms, row.price_note);

// Of a herb that has no price.
export const missingText = (row) => reasonText(row.missing_reason, row.missing_terms, row.missing);
