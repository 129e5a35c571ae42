// Groups of customers: what each is called, and the rules that hold for it; for whoever may, a new one and another name.

import { get, send } from '/api.js';
import { el, replace } from '/dom.js';
import { language, t } from '/i18n.js';
import { chip, searchField } from '/parts/filters.js';
import { field, textInput } from '/parts/form.js';
import { retiredTag } from '/parts/furnish.js';
import { tool } from '/parts/order_stops.js';
import { pageHead } from '/parts/pieces.js';
import { boxed, mayPrice, priceTabs, refuseKnown, retireTool, ruleMakes } from '/parts/price_pieces.js';
import { doneNote, stockTable } from '/parts/stock_pieces.js';

const kept = { q: '', retired: false };
const nameField = (name) => field('name', 'prices.name', textInput(name, { maxlength: '120' }), { needed: true });

export async function viewCustomerGroups(_, signal) {
    const note = doneNote();
    const list = el('div');
    const place = el('div', { class: 'price-place' });
    let found = { groups: [], rules: [] };

    const show = () => {
        const text = kept.q.trim().toLocaleLowerCase(language());
        const rows = found.groups.filter(({ customer_group: id, name, retired_at: gone }) => (kept.retired || !gone) && `${id} ${name}`.toLocaleLowerCase(language()).includes(text));
        replace(list, rows.length ? groupTable(rows, found.rules, done) : el('p', { class: 'empty' }, kept.q.trim() ? t('list.none', { q: kept.q }) : t('prices.no_groups')));
    };
    const read = async () => {
        const [groups, rules] = await Promise.all([get('/api/v1/customer-groups?all=true', { signal }), get('/api/v1/price-rules', { signal })]);
        found = { groups: groups.rows, rules: rules.rows };
        show();
    };
    const done = async (text) => {
        replace(place, mayPrice() && newGroup(() => found.groups, done));
        await read();
        note.say(text);
    };

    await read();
    replace(place, mayPrice() ? newGroup(() => found.groups, done) : el('p', { class: 'quiet' }, t('prices.not_yours')));
    return {
        title: t('prices.groups'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('prices.groups', 'prices.groups_lead'),
            priceTabs('#/prices/groups'),
            note.node,
            place,
            el('div', { class: 'browse-tools' }, searchField('prices.search_group', kept, 'q', show, { afterMs: 0 }), chip('furnish.retired_too', kept, 'retired', show)),
            list,
        ),
    };
}

const pathOf = (id) => `/api/v1/customer-groups/${encodeURIComponent(id)}`;
const setGroup = (id, name) => send('PUT', pathOf(id), { name });

function newGroup(groups, done) {
    const id = field('customer_group', 'prices.group_code', textInput('', { maxlength: '40', spellcheck: 'false', autocapitalize: 'none' }), { needed: true, help: 'prices.code_help' });
    const name = nameField('');
    const act = async () => {
        const code = id.input.value.trim();
        refuseKnown(groups().some((one) => one.customer_group === code), id);
        await setGroup(code, name.input.value.trim());
        await done(t('prices.group_set', { name: name.input.value.trim() }));
    };
    return boxed(tool('prices.new_group', [id, name], 'btn-main', act, { say: 'prices.add' }));
}

function groupTable(rows, rules, done) {
    const heads = ['prices.group', 'prices.group_code', 'prices.its_rules', ...(mayPrice() ? ['receive.tools'] : [])];
    return stockTable(
        heads,
        rows,
        (row) => [
            { 'data-group': row.customer_group },
            [row.name, retiredTag(row)],
            el('td', { class: 'quiet' }, row.customer_group),
            el('td', null, rulesOf(row, rules)),
            mayPrice() && el('td', null, renameTool(row.customer_group, row.name, done), retireTool(pathOf(row.customer_group), row, done)),
        ],
        'price-table',
    );
}

function rulesOf({ customer_group: id, retired_at: gone }, rules) {
    const its = rules.filter((rule) => rule.customer_group === id);
    return [
        its.map((rule) => el('span', { class: 'price-holds' }, el('a', { href: `#/prices/rules?rule=${rule.id}` }, rule.name), ` · ${ruleMakes(rule)}`)),
        !its.length && el('span', { class: 'quiet' }, t('prices.group_no_rules'), ' '),
        mayPrice() && !gone && el('a', { class: 'price-holds', href: `#/prices/rules?group=${encodeURIComponent(id)}` }, t('prices.rule_for_group')),
    ];
}

function renameTool(id, name, done) {
    const now = nameField(name);
    const act = async () => {
        await setGroup(id, now.input.value.trim());
        await done(t('prices.group_set', { name: now.input.value.trim() }));
    };
    return tool('prices.rename', [now], 'btn-main', act, { say: 'form.save' });
}
