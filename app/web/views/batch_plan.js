// Planning a batch: what is made, how much, where it will lie, and of what: a formula, or ingredients one by one.

import { get, newKey, Problem, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { field, form, nameInput, said, selectInput, textArea, textInput, wrongAt } from '/parts/form.js';
import { itemField } from '/parts/item_search.js';
import { pageHead, trail } from '/parts/pieces.js';
import { amountIn, batchAddress, holdsGoods, itemName, plainName, renamed, stockTabs } from '/parts/stock_pieces.js';

const MG = { unit: 'mg' };
const FORMS = ['raw', 'granule', 'powder'];

export async function viewBatchPlan(_, signal) {
    const places = (await get('/api/v1/locations', { signal })).rows.filter(holdsGoods);
    const plan = { item: null, lines: [], key: newKey(), chosen: el('div'), listed: el('div', { class: 'batch-lines' }) };
    const node = planForm(plan, places);
    return {
        title: t('batches.plan'),
        focus: () => node.querySelector('input'),
        node: el('div', { class: 'browse' }, trail('batches.title', '#/batches', t('batches.plan')), pageHead('batches.plan', 'batches.lead'), stockTabs('#/batches'), node),
    };
}

function planFields(places) {
    const choices = [['', t('next.choose')], ...places.map(({ code, name }) => [code, name && name !== code ? `${code} · ${name}` : code])];
    return {
        quantity: field('quantity', 'batch.quantity', textInput('', { maxlength: '30' }), { needed: true }),
        piece: field('piece_mg', 'batch.piece', textInput('', { maxlength: '30' }), { needed: true }),
        location: field('location', 'batch.location', selectInput('', choices), { needed: true }),
        formula: field('formula', 'batch.formula', nameInput('', () => 'formula'), { help: 'batch.formula_help', wide: true }),
        form: field('form', 'batch.form', selectInput('raw', FORMS.map((one) => [one, t(`batch.form_${one}`)]))),
        keeps: field('keeps_days', 'batch.keeps', textInput('365', { inputmode: 'numeric', maxlength: '4' }), { help: 'batch.keeps_help' }),
        lot: field('lot_code', 'batch.lot_code', textInput('', { maxlength: '60' })),
        note: field('note', 'work.note', textArea('', { maxlength: '500' }), { wide: true }),
    };
}

function planForm(plan, places) {
    const parts = planFields(places);
    const what = itemField((item) => chooseItem(plan, parts, what, item));
    const more = itemField((item) => addLine(plan, more, item));
    what.node.querySelector('label').replaceChildren(t('batch.what'), el('span', { class: 'needed', 'aria-hidden': 'true' }, ' *'));
    more.node.querySelector('label').textContent = t('batch.ingredient');
    more.name = 'lines';
    parts.piece.node.hidden = true;
    const fields = [what, ...Object.values(parts), more];
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('batches.plan'));
    const grid = (...some) => el('div', { class: 'form-grid receive-head' }, some.map(({ node }) => node));
    plan.fields = fields;
    return form(
        'next-form batch-plan',
        fields,
        [button],
        () => book(plan, parts, what),
        grid(what),
        plan.chosen,
        grid(parts.quantity, parts.piece, parts.location, parts.keeps, parts.lot),
        grid(parts.formula, parts.form),
        plan.listed,
        grid(more, parts.note),
    );
}

function clear(one) {
    one.input.value = '';
    one.node.querySelector('.rx-patients').replaceChildren();
}

function chooseItem(plan, parts, what, item) {
    plan.item = item;
    clear(what);
    replace(plan.chosen, el('p', { class: 'intake-good' }, icon('check'), el('span', null, el('span', { class: 'strong' }, itemName(item)), ` ${item.sku}`)));
    parts.piece.node.hidden = item.unit !== 'each';
    if (item.home && !parts.location.input.value) parts.location.input.value = item.home;
    parts.quantity.input.focus();
}

function addLine(plan, more, item) {
    const quantity = field(`line-${item.sku}`, 'stock.quantity', textInput('', { maxlength: '30' }), { needed: true });
    const line = { item, quantity };
    const drop = () => {
        plan.lines.splice(plan.lines.indexOf(line), 1);
        plan.fields.splice(plan.fields.indexOf(quantity), 1);
        drawLines(plan);
        more.input.focus();
    };
    line.row = el(
        'li',
        { class: 'batch-line', 'data-sku': item.sku },
        el('p', null, el('span', { class: 'strong' }, itemName(item)), el('span', { class: 'row-below' }, item.sku)),
        quantity.node,
        el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: drop } }, t('batch.remove', { item: plainName(item) })),
    );
    clear(more);
    plan.lines.push(line);
    plan.fields.push(quantity);
    drawLines(plan);
    quantity.input.focus();
}

const drawLines = (plan) => replace(plan.listed, plan.lines.length > 0 && el('ul', { class: 'corrections' }, plan.lines.map(({ row }) => row)));

async function book(plan, parts, what) {
    if (!plan.item) throw new Problem(422, { errors: [{ field: what.name, value: what.input.value.trim(), rule: t('batch.no_what') }] });
    const days = parts.keeps.input.value.trim();
    if (days && !/^\d+$/.test(days)) throw wrongAt(parts.keeps, t('batch.no_days'));
    const body = {
        sku: plan.item.sku,
        quantity: await amountIn(parts.quantity, plan.item),
        ...(plan.item.unit === 'each' && { piece_mg: await amountIn(parts.piece, MG) }),
        ...said([parts.location, parts.formula, parts.lot, parts.note]),
        ...(parts.formula.input.value.trim() && { form: parts.form.input.value }),
        ...(days && { keeps_days: Number(days) }),
        lines: [],
    };
    for (const { item, quantity } of plan.lines) body.lines.push({ sku: item.sku, quantity_mg: await amountIn(quantity, MG) });
    try {
        const { id } = await send('POST', '/api/v1/batches', body, { key: plan.key });
        location.hash = batchAddress(id);
    } catch (problem) {
        throw renamed(problem, (name) => name.replace(/^lines\[(\d+)\]\..*$/, (_, at) => plan.lines[at].quantity.name).replace(/^sku$/, what.name));
    }
}
