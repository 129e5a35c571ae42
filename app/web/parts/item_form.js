// What the shop says of an item, to be filled in: for a new one, which asks only what its kind has, and to change one. Herb, unit and ratio
// stay as they were entered, because lots and printed labels rest on them.

import { newKey, send } from '/api.js';
import { el, icon } from '/dom.js';
import { t, word } from '/i18n.js';
import { field, nameInput, need, said, selectInput, textInput, wrongAt } from '/parts/form.js';
import { sumAt } from '/parts/money.js';
import { tool } from '/parts/order_stops.js';
import { taxChoices } from '/parts/price_pieces.js';
import { amountHelp, amountIn, itemKinds, plainAmount, renamed } from '/parts/stock_pieces.js';

const RATIO = /^(\d{1,6})(?:\s*[:：]\s*(\d{1,6}))?$/;
const ONE = { mg: 1000, each: 1 }; // what a price is for, when nothing else is said
// What the service calls by another name than the field it is typed in.
const CALLED = { ratio: 'ratio_numerator', ratio_denominator: 'ratio_numerator' };

// Said wherever goods are entered or shown.
export const goodsNote = () => el('p', { class: 'receive-warning goods-note' }, icon('moderate'), t('item.goods_unscreened'));

const sum = (cents) => (cents / 100).toFixed(2);

const amount = (item, value) => (value ? plainAmount(item, value) : '');

// places: [[value, text], …]; taxes: the shop's tax categories.
function sharedFields(item, { places, taxes }) {
    const line = (name, value, more = {}, options = {}) => field(name, `item.${name}`, textInput(value, { maxlength: '120', ...more }), options);
    const weight = (name, value, help) => line(name, amount(item, value), { maxlength: '30' }, { help });
    return {
        name: line('name', item.name, {}, { needed: Boolean(item.id) }),
        name_hanzi: line('name_hanzi', item.name_hanzi),
        preparation: line('preparation', item.preparation, {}, { help: 'item.preparation_help' }),
        price_cents: line('price_cents', item.price_cents === undefined ? '' : sum(item.price_cents), { inputmode: 'decimal', maxlength: '12' }, { needed: true }),
        price_per_quantity: weight('price_per_quantity', item.price_per_quantity, 'item.per_help'),
        tax_category: field('tax_category', 'item.tax_category', selectInput(item.tax_category, taxChoices({ taxes }, 'item.no_tax', item.tax_category))),
        home: field('home', 'item.home', selectInput(item.home, [['', t('item.no_home')], ...places])),
        reorder_quantity: weight('reorder_quantity', item.reorder_quantity, 'item.reorder_help'),
        gtin: line('gtin', item.gtin, { maxlength: '14', inputmode: 'numeric' }, { help: 'item.gtin_help' }),
        pack_quantity: weight('pack_quantity', item.pack_quantity, 'item.pack_help'),
        content_mg: line('content_mg', amount({ unit: 'mg' }, item.content_mg), { maxlength: '30' }, { help: 'item.content_help' }),
        flags: line('flags', item.flags, { maxlength: '200', spellcheck: 'false' }, { help: 'item.flags_help', wide: true }),
    };
}

// What was filled in, as the service wants it.
async function readShared(fields, unit) {
    const cents = sumAt(fields.price_cents);
    const texts = said(['name', 'name_hanzi', 'preparation', 'tax_category', 'home', 'gtin', 'flags'].map((name) => fields[name]).filter(({ node }) => !node.hidden));
    if (texts.flags) texts.flags = texts.flags.split(/[\s;,，；]+/).filter(Boolean).join(';');
    const amounts = {};
    for (const name of ['price_per_quantity', 'reorder_quantity', 'pack_quantity', 'content_mg'])
        if (fields[name].input.value.trim() && !fields[name].node.hidden) amounts[name] = await amountOf(fields[name], name === 'content_mg' ? 'mg' : unit);
    return { ...texts, ...amounts, price_cents: cents };
}

// Nothing is an amount as well: below nothing, nothing is ordered again.
async function amountOf(one, unit) {
    return /^0+([.,]0+)?\s*\p{L}*$/u.test(one.input.value.trim()) && one.name === 'reorder_quantity' ? 0 : amountIn(one, { unit });
}

function ratioAt(one) {
    const found = RATIO.exec(one.input.value.trim());
    if (!found) throw wrongAt(one, t('item.ratio_rule'));
    return { ratio_numerator: Number(found[1]), ratio_denominator: Number(found[2] ?? 1) };
}

// A new item: { node, open(gtin) }. done(item) is called with what came of it.
export function newItem(lists, done) {
    const sku = field('sku', 'item.sku', textInput('', { maxlength: '60', spellcheck: 'false', autocapitalize: 'characters' }), { needed: true, help: 'furnish.code_help' });
    const kind = field('item_kind', 'stock.kind', selectInput('raw', itemKinds.map((one) => [one, word('item_kind', one)])), { needed: true });
    const herb = field('herb', 'item.herb', nameInput('', () => 'herb'), { needed: true, help: 'item.herb_help' });
    const product = field('product', 'item.product', nameInput('', () => 'product'), { needed: true, help: 'item.product_help' });
    const ratio = field('ratio_numerator', 'item.ratio', textInput('', { maxlength: '13' }), { needed: true, help: 'item.ratio_help' });
    const unit = field('unit', 'item.unit', selectInput('each', ['each', 'mg'].map((one) => [one, t(`item.unit_${one}`)])), { needed: true });
    const shared = sharedFields({ unit: 'mg' }, lists);
    const key = newKey();
    const note = goodsNote();
    const isProduct = () => kind.input.value === 'product';
    const isGoods = () => kind.input.value === 'goods';
    const isHerb = () => !isProduct() && !isGoods();
    const unitNow = () => (isProduct() ? unit.input.value : isGoods() ? 'each' : 'mg');
    const showWhatFits = () => {
        herb.node.hidden = !isHerb();
        shared.preparation.node.hidden = isGoods();
        note.hidden = !isGoods();
        need(shared.name, isGoods());
        for (const one of [product, unit, shared.content_mg]) one.node.hidden = !isProduct();
        ratio.node.hidden = kind.input.value !== 'granule';
    };
    const act = async () => {
        const wanted = {
            ...said([sku, kind, herb, product, unit].filter(({ node }) => !node.hidden)),
            ...(kind.input.value === 'granule' && ratioAt(ratio)),
            ...(await readShared(shared, unitNow())),
        };
        await done(await renaming(() => send('POST', '/api/v1/items', wanted, { key })));
    };

    kind.node.append(note);
    kind.input.addEventListener('change', showWhatFits);
    showWhatFits();
    const node = tool('items.new', [kind, herb, product, ratio, unit, sku, ...Object.values(shared)], 'btn-main', act, { say: 'items.add' });
    const open = (gtin) => {
        node.open = true;
        shared.gtin.input.value = gtin;
        kind.input.focus();
    };
    return { node, open };
}

async function renaming(ask) {
    try {
        return await ask();
    } catch (problem) {
        throw renamed(problem, (name) => CALLED[name] ?? name);
    }
}

// What is emptied is taken away: the service is told so where saying nothing would keep it.
const GONE = { gtin: 'none', tax_category: 'none', flags: 'none', pack_quantity: 0, content_mg: 0 };

export function changeItem(item, lists, done) {
    const fields = sharedFields(item, lists);
    const key = newKey();
    fields.content_mg.node.hidden = item.item_kind !== 'product';
    fields.preparation.node.hidden = item.item_kind === 'goods';
    for (const name of ['price_per_quantity', 'reorder_quantity', 'pack_quantity']) fields[name].input.title = t(amountHelp(item));
    return tool('furnish.change', Object.values(fields), 'btn-main', async () => {
        const wanted = await readShared(fields, item.unit);
        const gone = Object.entries(GONE).filter(([name]) => item[name] && wanted[name] === undefined);
        const whole = { price_per_quantity: ONE[item.unit], ...wanted, ...Object.fromEntries(gone), version: item.version };
        await send('PUT', `/api/v1/items/${item.id}`, whole, { key });
        await done(t('furnish.changed'));
    }, { say: 'furnish.save', about: el('p', { class: 'quiet' }, t('item.fixed')) });
}
