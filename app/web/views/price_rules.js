// Price rules: which hold, what each makes and for what; for whoever may, a new one, one in the place of another, and the end of one.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { language, t } from '/i18n.js';
import { chip, searchField } from '/parts/filters.js';
import { pageHead } from '/parts/pieces.js';
import { changeButton, endTool, lasting, mayPrice, priceTabs, readLists, ruleHolds, ruleMakes, stateTag } from '/parts/price_pieces.js';
import { ruleForm } from '/parts/price_rule_form.js';
import { doneNote, figure, stockTable } from '/parts/stock_pieces.js';

const PATH = '/api/v1/price-rules';
const kept = { q: '', ended: false };

export async function viewPriceRules(_, signal) {
    const asked = new URLSearchParams(location.hash.split('?')[1]);
    const lists = await readLists(signal);
    const note = doneNote();
    const list = el('div');
    const place = el('div', { class: 'price-place' });
    let rules = [];

    if (asked.get('rule')) kept.q = `#${asked.get('rule')}`;
    const show = () => {
        const rows = rules.filter((rule) => fits(rule, lists));
        const words = rules.length ? t('list.none', { q: kept.q }) : t('prices.no_rules');
        replace(list, rows.length ? ruleTable(rows, lists, { change, done }) : el('p', { class: 'empty' }, words));
    };
    const read = async () => {
        rules = (await get(`${PATH}${kept.ended ? '?ended=true' : ''}`, { signal })).rows;
        show();
    };
    const done = async (text) => {
        replace(place, mayPrice() && newRule({}));
        await read();
        note.say(text);
    };
    const newRule = (rule, open) => ruleBox('prices.new_rule', open, ruleForm({ rule, lists, done }));
    const change = (rule) => {
        const cancel = () => replace(place, newRule({}));
        replace(place, ruleBox('prices.change_rule', true, ruleForm({ rule, replaces: rule.id, lists, done, cancel }), rule));
        place.querySelector('[name=name]').focus();
    };

    await read();
    replace(place, mayPrice() ? newRule({ customer_group: asked.get('group') ?? '' }, asked.has('group')) : el('p', { class: 'quiet' }, t('prices.not_yours')));
    return {
        title: t('prices.rules'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('prices.rules', 'prices.rules_lead'),
            priceTabs('#/prices/rules'),
            note.node,
            place,
            el('div', { class: 'browse-tools' }, searchField('prices.search_rule', kept, 'q', show, { afterMs: 0 }), chip('promo.ended_too', kept, 'ended', () => read().catch(() => {}))),
            list,
            el('p', { class: 'quiet price-note' }, t('prices.which_decides')),
        ),
    };
}

function fits(rule, lists) {
    const text = kept.q.trim().toLocaleLowerCase(language());
    if (/^#\d+$/.test(text)) return text === `#${rule.id}`;
    return [rule.name, rule.item_name_hanzi, ...ruleHolds(rule, lists)].some((one) => one?.toLocaleLowerCase(language()).includes(text));
}

const ruleBox = (key, open, node, rule) => el('details', { class: 'rest card-box price-box', open: Boolean(open) }, el('summary', null, icon('chevron'), t(key, rule)), node);

function ruleTable(rows, lists, { change, done }) {
    const heads = ['prices.rule', 'prices.makes', 'prices.holds', 'prices.when', ['prices.priority', 'amount'], 'stock.state', ...(mayPrice() ? ['receive.tools'] : [])];
    return stockTable(
        heads,
        rows,
        (rule) => [
            { 'data-rule': rule.id },
            [rule.name, el('span', { class: 'row-below' }, `#${rule.id}`)],
            el('td', { class: 'strong' }, ruleMakes(rule)),
            el('td', null, ruleHolds(rule, lists).map((one) => el('span', { class: 'price-holds' }, one))),
            el('td', { class: 'quiet' }, lasting(rule)),
            figure('prices.priority', rule.priority ? String(rule.priority) : ''),
            el('td', null, stateTag(rule.state)),
            mayPrice() && el('td', { class: 'price-acts' }, rule.state !== 'ended' && [changeButton(() => change(rule)), endTool(PATH, rule, done)]),
        ],
        'price-table',
    );
}
