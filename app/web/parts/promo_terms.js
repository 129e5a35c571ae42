// The terms of a promo code: in words, and as a form. A version never changes; what is filled in becomes the next one.

import { el } from '/dom.js';
import { day, language, t } from '/i18n.js';
import { dateInput, field, textArea, textInput, tickField, wrongAt } from '/parts/form.js';
import { moneyText, percentAt, sumAt } from '/parts/money.js';
import { wordsField, wordsText } from '/parts/promo_words.js';

const STATES = { works: 'tag tag-high', 'not yet': 'tag tag-minor', over: 'tag', 'used up': 'tag tag-warn', ended: 'tag tag-stop' };
const HUNDRED = 100; // basis points of a percent
const FLAGS = ['stackable', 'allow_below_cost', 'allow_restricted', 'return_on_refund'];

export const codeTag = (state) => el('span', { class: STATES[state] ?? 'tag' }, t(`promo_state.${state.replaceAll(' ', '_')}`));

export const percentText = (points) => `${(points / HUNDRED).toLocaleString(language(), { maximumFractionDigits: 2 })} %`;

export const takesOff = (terms) => (terms.kind === 'percent' ? percentText(terms.percent_basis_points) : moneyText(terms.amount_cents));

// What narrows it, one thing each.
export function conditions(terms, lists) {
    return [
        terms.valid_from && t('promo.from', { day: day(terms.valid_from) }),
        terms.valid_until && t('promo.until', { day: day(terms.valid_until) }),
        terms.minimum_cents > 0 && t('promo.minimum', { sum: moneyText(terms.minimum_cents) }),
        terms.include && t('promo.only', { words: wordsText(terms.include, lists) }),
        terms.exclude && t('promo.not', { words: wordsText(terms.exclude, lists) }),
        terms.max_uses && t('promo.at_most', { n: terms.max_uses }),
        terms.max_uses_per_customer && t('promo.per_customer', { n: terms.max_uses_per_customer }),
        ...['stackable', 'allow_below_cost', 'allow_restricted'].map((flag) => terms[flag] && t(`promo.${flag}`)),
        terms.return_on_refund === false && t('promo.kept_on_refund'),
    ].filter(Boolean);
}

// The fields, filled with the terms there are; `read()` gives them as the service wants them.
export function termsForm(lists, terms = {}) {
    const number = (value) => (value ? String(value) : '');
    const money = (value) => (value ? (value / 100).toFixed(2) : '');
    const input = (name, value, { help, wide } = {}) => field(name, `promo.${name}`, textInput(value ?? '', { maxlength: '500' }), { help, wide });
    const flag = (name, on) => tickField(name, `promo.${name}`, on);
    const fields = {
        description: input('description', terms.description, { wide: true }),
        percent_basis_points: input('percent_basis_points', terms.percent_basis_points ? percentText(terms.percent_basis_points) : '', { help: 'promo.percent_help' }),
        amount_cents: input('amount_cents', money(terms.amount_cents), { help: 'promo.amount_help' }),
        minimum_cents: input('minimum_cents', money(terms.minimum_cents)),
        valid_from: field('valid_from', 'promo.valid_from', dateInput(terms.valid_from)),
        valid_until: field('valid_until', 'promo.valid_until', dateInput(terms.valid_until)),
        max_uses: input('max_uses', number(terms.max_uses)),
        max_uses_per_customer: input('max_uses_per_customer', number(terms.max_uses_per_customer)),
        include: wordsField('include', 'promo.include', terms.include, lists, 'promo.words_help'),
        exclude: wordsField('exclude', 'promo.exclude', terms.exclude, lists),
        stackable: flag('stackable', terms.stackable),
        allow_below_cost: flag('allow_below_cost', terms.allow_below_cost),
        allow_restricted: flag('allow_restricted', terms.allow_restricted),
        return_on_refund: flag('return_on_refund', terms.return_on_refund ?? true),
        change_note: field('change_note', 'promo.change_note', textArea('', { maxlength: '500' }), { wide: true }),
    };
    return { fields: Object.values(fields), read: () => readTerms(fields) };
}

function readTerms(fields) {
    const said = {};
    for (const [name, one] of Object.entries(fields)) {
        const text = one.input.value.trim();
        if (FLAGS.includes(name)) said[name] = one.input.checked;
        else if (text) said[name] = valueOf(name, one, text);
    }
    return said;
}

function valueOf(name, one, text) {
    if (name === 'percent_basis_points') return percentAt(one);
    if (name.endsWith('_cents')) return sumAt(one);
    if (name.startsWith('max_')) return known(/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null, one, 'promo.no_number');
    return text;
}

function known(value, one, key) {
    if (value === null) throw wrongAt(one, t(key));
    return value;
}
