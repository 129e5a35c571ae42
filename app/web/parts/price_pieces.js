// Pieces that the pages of prices share: the tabs between them, what a rule makes and what it holds for, since when and until when, and
// ending one.

import { get, newKey, send } from '/api.js';
import { el } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { may } from '/session.js';
import { wrongAt } from '/parts/form.js';
import { retiring } from '/parts/furnish.js';
import { moneyText } from '/parts/money.js';
import { tool } from '/parts/order_stops.js';
import { percentText } from '/parts/promo_terms.js';
import { amountText, figure, inLanguage, itemKinds, plainName } from '/parts/stock_pieces.js';

const TABS = [
    ['prices.title', '#/prices'],
    ['prices.rules', '#/prices/rules'],
    ['prices.fees', '#/prices/fees'],
    ['prices.groups', '#/prices/groups'],
    ['prices.taxes', '#/prices/taxes'],
    ['prices.formulas', '#/prices/formulas'],
];

const ALL = { per_gram: 'prices.all_weighed', markup: 'prices.all_costed', off: 'prices.all_items' };
const STATES = { 'in force': 'tag tag-high', 'not yet': 'tag tag-minor', over: 'tag', ended: 'tag tag-stop' };

export const mayPrice = () => may('staff', 'admin');

export function priceTabs(address) {
    return el(
        'nav',
        { class: 'tabs', 'aria-label': t('prices.title') },
        TABS.map(([key, href]) => el('a', { class: 'section', href, 'aria-current': href === address ? 'page' : 'false' }, t(key))),
    );
}

// What a rule, a fee or the price list may be narrowed to: { groups, forms, taxes }, those out of use too, so that what stands has its name.
export async function readLists(signal) {
    const [groups, forms, taxes] = await Promise.all(['customer-groups?all=true', 'dosage-forms', 'tax-categories?all=true'].map((name) => get(`/api/v1/${name}`, { signal })));
    return { groups: groups.rows, forms: forms.rows, taxes: taxes.rows };
}

const offered = (rows, key, now) => rows.filter((one) => !one.retired_at || one[key] === now).map((one) => [one[key], one.name]);

// The lists as choices of a select; `none` is the string of what stands for no choice. What is out of use is none, but for what is chosen now.
export const groupChoices = ({ groups }, none, now) => [['', t(none)], ...offered(groups, 'customer_group', now)];
export const formChoices = ({ forms }, none) => [['', t(none)], ...forms.map((one) => [one.id, inLanguage(one)])];
export const taxChoices = ({ taxes }, none, now) => [['', t(none)], ...offered(taxes, 'tax_category', now)];
export const kindChoices = (none) => [['', t(none)], ...itemKinds.map((kind) => [kind, word('item_kind', kind)])];

const named = (rows, key, id, name) => {
    const found = rows.find((one) => one[key] === id);
    return found ? name(found) : id;
};
export const groupName = ({ groups }, id) => named(groups, 'customer_group', id, (one) => one.name);
export const formName = ({ forms }, id) => named(forms, 'id', id, inLanguage);
export const taxName = ({ taxes }, id) => named(taxes, 'tax_category', id, (one) => one.name);

export const stateTag = (state) => el('span', { class: STATES[state] }, t(`price_state.${state.replaceAll(' ', '_')}`));

export const belowCostTag = () => el('span', { class: 'tag tag-stop' }, t('prices.below_cost'));

// "$2.41 · 48 %", or that the cost is not known.
export function marginCell(row) {
    if (row.cost_cents === null) return figure('prices.margin', el('span', { class: 'quiet' }, t('prices.no_cost')));
    const percent = row.margin_basis_points !== null && percentText(Math.round(row.margin_basis_points / 10) * 10);
    return figure('prices.margin', [moneyText(row.margin_cents), el('span', { class: 'row-below' }, row.below_cost ? belowCostTag() : percent)]);
}

// "$3.00 for 100 g", "$0.45 a gram", "cost and 50 %", "10 % off the own price".
export function ruleMakes(rule) {
    if (rule.kind === 'markup') return t('prices.makes_markup', { percent: percentText(rule.markup_basis_points) });
    if (rule.kind === 'off') return t('prices.makes_off', { percent: percentText(rule.off_basis_points) });
    const price = moneyText(rule.price_cents);
    return rule.kind === 'per_gram' ? t('prices.makes_per_gram', { price }) : t('prices.makes_fixed', { price, amount: amountText(rule, rule.per_quantity) });
}

// What it holds for, one thing each; at least one.
export function ruleHolds(rule, lists) {
    const said = [
        rule.sku && `${plainName({ name: rule.item_name, name_hanzi: rule.item_name_hanzi })} (${rule.sku})`,
        rule.item_kind && word('item_kind', rule.item_kind),
        rule.tax_category && taxName(lists, rule.tax_category),
        rule.dosage_form && t('prices.in_form', { form: formName(lists, rule.dosage_form) }),
        rule.customer_group && t('prices.for_group', { group: groupName(lists, rule.customer_group) }),
    ].filter(Boolean);
    if (said.length) return said;
    return [t(ALL[rule.kind])];
}

// Since when and until when, with who began it and who ended it.
export function lasting(row) {
    const days = [row.valid_from && t('promo.from', { day: day(row.valid_from) }), row.valid_until && t('promo.until', { day: day(row.valid_until) })].filter(Boolean);
    return [
        days.join(' ') || t('prices.since', { day: day(row.created_at) }),
        el('span', { class: 'row-below' }, row.created_by),
        row.ended_at && el('span', { class: 'row-below' }, [t('prices.ended', { day: day(row.ended_at) }), row.ended_by].filter(Boolean).join(' · ')),
    ];
}

export const cancelButton = (act) => el('button', { type: 'button', class: 'btn btn-quiet', on: { click: act } }, t('form.cancel'));

export const changeButton = (act) => el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: act } }, t('prices.change'));

// What is folded up as a card of its own.
export function boxed(details) {
    details.className = 'rest card-box price-box';
    return details;
}

// A code that is new must not be one there is: writing it would change that one.
export function refuseKnown(known, one) {
    if (known) throw wrongAt(one, t('prices.code_known'));
}

// Takes a group or a tax category out of use, or back into it, then done(words).
export function retireTool(path, row, done) {
    const { name, act } = retiring(path, row, done);
    return tool(`furnish.${name}`, [], 'btn-quiet', act, { say: `prices.do_${name}`, about: el('p', { class: 'quiet' }, t(`furnish.about_${name}`)) });
}

// Ends a rule or a fee, then done(words).
export function endTool(path, row, done) {
    const key = newKey();
    const act = async () => {
        await send('POST', `${path}/${row.id}/end`, undefined, { key });
        await done(t('prices.did_end', { name: row.name }));
    };
    return tool('prices.end', [], 'btn-quiet', act, { say: 'prices.do_end', about: el('p', { class: 'quiet' }, t('prices.end_about')) });
}
