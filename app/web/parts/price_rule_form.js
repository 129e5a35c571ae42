// A price rule, new or in the place of another: only the fields its kind needs, and before it begins what it would make of the prices.

import { newKey, query, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { chip } from '/parts/filters.js';
import { dateInput, field, form, said, selectInput, textInput, wrongAt } from '/parts/form.js';
import { itemField } from '/parts/item_search.js';
import { moneyText, percentAt, sumAt } from '/parts/money.js';
import { cancelButton, formChoices, groupChoices, kindChoices, marginCell, taxChoices } from '/parts/price_pieces.js';
import { percentText } from '/parts/promo_terms.js';
import { explain } from '/parts/states.js';
import { amountIn, amountText, figure, itemName, plainAmount, renamed, stockTable } from '/parts/stock_pieces.js';

const KINDS = ['fixed', 'per_gram', 'markup', 'off'];
const TRIED_MOST = 25;
const PATH = '/api/v1/price-rules';

// What each kind says beside what it is for; a rule of one item needs no kind of item and no tax category.
const SAYS = { fixed: ['price_cents', 'per_quantity'], per_gram: ['price_cents'], markup: ['markup_basis_points'], off: ['off_basis_points'] };
const SAID = ['price_cents', 'per_quantity', 'markup_basis_points', 'off_basis_points'];
const NARROWS = ['item_kind', 'tax_category'];

// rule: what it starts from ({} for nothing); replaces: the number of the one whose place it takes, cancel() when it is not to be taken
// after all. done(words) once it has begun.
export function ruleForm({ rule = {}, replaces, lists, done, cancel }) {
    const tried = el('div', { class: 'price-tried', 'aria-live': 'polite' });
    const fields = ruleFields(rule, lists);
    const changed = () => {
        replace(tried);
        fit(fields, item);
    };
    const item = itemChoice(rule, changed);
    const all = [...Object.values(fields), item.search];
    const act = async () => {
        const body = { ...(await readRule(fields, item)), replaces };
        const found = await asItem(() => query(`${PATH}/dry-run?limit=${TRIED_MOST}`, body));
        showTried(tried, found, body, all, done);
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('prices.try'));
    const grid = el('div', { class: 'form-grid' }, [fields.name, fields.kind].map(({ node }) => node), item.node, Object.values(fields).slice(2).map(({ node }) => node));
    const node = form('decide-rule price-rule', all, [button, ...(cancel ? [cancelButton(cancel)] : [])], act, grid);

    node.addEventListener('input', changed);
    node.addEventListener('change', (event) => event.target.matches('select') && changed());
    fit(fields, item);
    return el('div', null, node, tried);
}

function ruleFields(rule, lists) {
    const money = rule.price_cents === null || rule.price_cents === undefined ? '' : (rule.price_cents / 100).toFixed(2);
    const sum = { inputmode: 'decimal', maxlength: '14' };
    return {
        name: field('name', 'prices.name', textInput(rule.name, { maxlength: '120' }), { needed: true, help: 'prices.name_help' }),
        kind: field('kind', 'prices.kind', selectInput(rule.kind ?? KINDS[0], KINDS.map((kind) => [kind, t(`prices.kind_${kind}`)])), { needed: true }),
        price_cents: field('price_cents', 'prices.price', textInput(money, sum), { needed: true }),
        per_quantity: field('per_quantity', 'prices.per', textInput(rule.per_quantity ? plainAmount(rule, rule.per_quantity) : '', { maxlength: '30' }), { needed: true, help: 'prices.per_help' }),
        markup_basis_points: field('markup_basis_points', 'prices.markup', textInput(rule.kind === 'markup' ? percentText(rule.markup_basis_points) : '', sum), { needed: true, help: 'prices.markup_help' }),
        off_basis_points: field('off_basis_points', 'prices.off', textInput(rule.kind === 'off' ? percentText(rule.off_basis_points) : '', sum), { needed: true, help: 'prices.off_help' }),
        item_kind: field('item_kind', 'stock.kind', selectInput(rule.item_kind, kindChoices('prices.any_kind'))),
        tax_category: field('tax_category', 'prices.tax_category', selectInput(rule.tax_category, taxChoices(lists, 'prices.any_tax', rule.tax_category))),
        dosage_form: field('dosage_form', 'orders.form', selectInput(rule.dosage_form, formChoices(lists, 'prices.any_form')), { help: 'prices.form_help' }),
        customer_group: field('customer_group', 'prices.group', selectInput(rule.customer_group, groupChoices(lists, 'prices.everybody', rule.customer_group))),
        valid_from: field('valid_from', 'promo.valid_from', dateInput(rule.valid_from)),
        valid_until: field('valid_until', 'promo.valid_until', dateInput(rule.valid_until)),
        priority: field('priority', 'prices.priority', textInput(String(rule.priority ?? 0), { inputmode: 'numeric', maxlength: '5' }), { help: 'prices.priority_help' }),
    };
}

// Shows what the kind of rule needs.
function fit(fields, item) {
    const kind = fields.kind.input.value;
    for (const name of SAID) fields[name].node.hidden = !SAYS[kind].includes(name);
    for (const name of NARROWS) fields[name].node.hidden = kind === 'fixed' || Boolean(item.item());
    fields.price_cents.node.querySelector('label').firstChild.textContent = t(kind === 'per_gram' ? 'prices.price_of_gram' : 'prices.price');
    item.search.node.querySelector('label').firstChild.textContent = t(kind === 'fixed' ? 'prices.item' : 'prices.item_or_all');
}

// The item: a search, or what was chosen with a way back to it.
function itemChoice(rule, changed) {
    const chosen = el('p', { class: 'price-item' });
    let item = rule.sku ? { sku: rule.sku, unit: rule.unit, name: rule.item_name, name_hanzi: rule.item_name_hanzi } : null;
    const show = () => {
        search.node.hidden = Boolean(item);
        chosen.hidden = !item;
        replace(chosen, item && chosenItem(item, () => choose(null)));
    };
    const choose = (one) => {
        item = one;
        show();
        changed();
        (item ? chosen.querySelector('button') : search.input).focus();
    };
    const search = itemField(choose);
    show();
    return { search, node: el('div', { class: 'field-wide' }, search.node, chosen), item: () => item };
}

function chosenItem(item, back) {
    const own = item.price_cents > 0 && t('prices.own_is', { price: `${moneyText(item.price_cents)} / ${amountText(item, item.price_per_quantity)}` });
    return [
        el('span', { class: 'strong', 'data-chosen': item.sku }, itemName(item)),
        el('span', { class: 'quiet' }, ` ${[item.sku, own].filter(Boolean).join(' · ')} `),
        el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: back } }, t('prices.other_item')),
    ];
}

const wholeAt = (one) => {
    const text = one.input.value.trim() || '0';
    if (!/^[-−+]?\d{1,4}$/.test(text)) throw wrongAt(one, t('prices.no_priority'));
    return Number(text.replace('−', '-'));
};

async function readRule(fields, item) {
    const kind = fields.kind.input.value;
    const chosen = item.item();
    if (kind === 'fixed' && !chosen) throw wrongAt(item.search, t('prices.choose_item'));
    const { name, item_kind, tax_category, dosage_form, customer_group, valid_from, valid_until } = fields;
    const plain = [name, dosage_form, customer_group, valid_from, valid_until, ...[item_kind, tax_category].filter(({ node }) => !node.hidden)];
    const body = { ...said(plain), kind, sku: chosen?.sku, priority: wholeAt(fields.priority) };
    if (SAYS[kind].includes('price_cents')) body.price_cents = sumAt(fields.price_cents);
    if (kind === 'fixed') body.per_quantity = await amountIn(fields.per_quantity, chosen);
    for (const name of ['markup_basis_points', 'off_basis_points']) if (SAYS[kind].includes(name)) body[name] = percentAt(fields[name]);
    return body;
}

// What is said of the SKU is said of the item that was chosen.
async function asItem(ask) {
    try {
        return await ask();
    } catch (problem) {
        throw renamed(problem, (name) => (name === 'sku' ? 'item' : name));
    }
}

// What the rule would make, and the button with which it begins.
function showTried(place, found, body, fields, done) {
    const key = newKey();
    const begin = el('button', { type: 'submit', class: 'btn btn-main' }, t(body.replaces ? 'prices.begin_instead' : 'prices.begin'));
    const act = async () => {
        await asItem(() => send('POST', PATH, body, { key }));
        await done(t('prices.begun', { name: body.name }));
    };
    const one = el('div');
    const table = el('div', null, triedRows(found));
    replace(
        place,
        el(
            'section',
            { class: 'card-box' },
            el('h3', null, t('prices.would')),
            el('p', null, made(found, body)),
            form('decide-rule', fields, [begin], act),
            found.below_cost > 0 && found.matching > found.below_cost && belowOnly(table, found, body),
            table,
            !body.sku && lookAt(one, body),
            one,
        ),
    );
    begin.focus();
}

function made({ dearer, cheaper, same, below_cost: below }, { valid_from: from, sku }) {
    const sum = dearer + cheaper + same;
    if (!sum) return t(sku ? 'prices.would_not_item' : 'prices.would_none');
    return [t('prices.would_sum', { sum, dearer, cheaper, same }), from && [' ', t('prices.as_if_today')], below > 0 && [' ', el('span', { class: 'tag tag-stop' }, t('prices.would_below', { n: below }))]];
}

const triedRows = ({ rows, matching }) => [rows.length > 0 && triedTable(rows), matching > rows.length && el('p', { class: 'quiet price-note' }, t('prices.more_tried', { n: matching - rows.length }))];

// A chip that leaves only what would be sold below cost.
function belowOnly(table, found, body) {
    const only = { below: false };
    const show = async () => {
        const shown = only.below ? await query(`${PATH}/dry-run?only=below_cost&limit=${TRIED_MOST}`, body) : found;
        replace(table, triedRows(shown));
    };
    return el('div', { class: 'chips' }, chip('prices.only_below_cost', only, 'below', () => show().catch((problem) => replace(table, el('p', { class: 'form-message' }, explain(problem))))));
}

// Any item, whether the rule would make its price or not.
function lookAt(place, body) {
    const search = itemField(async (item) => {
        search.input.value = '';
        search.input.dispatchEvent(new Event('input'));
        const { rows } = await query(`${PATH}/dry-run?${new URLSearchParams({ sku: item.sku })}`, body);
        replace(place, triedTable(rows));
    });
    return el('details', { class: 'rest' }, el('summary', null, icon('chevron'), t('prices.look_at')), search.node);
}

function triedTable(rows) {
    const heads = ['stock.item', ['prices.now', 'amount'], ['prices.then', 'amount'], ['prices.cost', 'amount'], ['prices.margin', 'amount']];
    return stockTable(
        heads,
        rows,
        (row) => [
            { 'data-tried': row.sku, class: row.below_cost ? 'price-below' : null },
            [itemName(row), el('span', { class: 'row-below' }, `${row.sku} · ${amountText(row, row.quantity)}`)],
            figure('prices.now', [moneyText(row.was_cents), row.was_rule && el('span', { class: 'row-below' }, row.was_rule.name)]),
            figure('prices.then', row.by_this_rule ? moneyText(row.price_cents) : [t('prices.stays'), el('span', { class: 'row-below' }, row.rule ? t('prices.other_decides', { name: row.rule.name }) : t('prices.does_not_hold'))]),
            figure('prices.cost', row.cost_cents === null ? '' : moneyText(row.cost_cents)),
            marginCell(row),
        ],
        'price-table',
    );
}
