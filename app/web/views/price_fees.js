// Fees beside the herbs of an order: cooking by the packet, filling by the capsule; a new one, one in the place of another, the end of one.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { isChinese, language, t, word } from '/i18n.js';
import { chip, searchField } from '/parts/filters.js';
import { dateInput, field, form, said, selectInput, textInput } from '/parts/form.js';
import { moneyText, sumAt } from '/parts/money.js';
import { pageHead } from '/parts/pieces.js';
import { cancelButton, changeButton, endTool, formChoices, formName, lasting, mayPrice, priceTabs, readLists, stateTag, taxChoices, taxName } from '/parts/price_pieces.js';
import { amountIn, amountText, doneNote, figure, plainAmount, stockTable } from '/parts/stock_pieces.js';

const PATH = '/api/v1/fees';
const PER = ['order', 'packet', 'dose', 'day', 'unit'];
const WEIGHT = { unit: 'mg' };
const kept = { q: '', ended: false };

const names = ({ name, name_hanzi: hanzi }) => (isChinese() && hanzi ? [hanzi, name] : [name, hanzi]);

export async function viewFees(_, signal) {
    const lists = await readLists(signal);
    const note = doneNote();
    const list = el('div');
    const place = el('div', { class: 'price-place' });
    let fees = [];

    const show = () => {
        const text = kept.q.trim().toLocaleLowerCase(language());
        const rows = fees.filter((fee) => names(fee).some((name) => name?.toLocaleLowerCase(language()).includes(text)));
        replace(list, rows.length ? feeTable(rows, lists, { change, done }) : el('p', { class: 'empty' }, fees.length ? t('list.none', { q: kept.q }) : t('prices.no_fees')));
    };
    const read = async () => {
        fees = (await get(`${PATH}${kept.ended ? '?ended=true' : ''}`, { signal })).rows;
        show();
    };
    const done = async (text) => {
        replace(place, mayPrice() && feeBox('prices.new_fee', { lists, done }));
        await read();
        note.say(text);
    };
    const change = (fee) => {
        const cancel = () => replace(place, feeBox('prices.new_fee', { lists, done }));
        replace(place, feeBox('prices.change_fee', { fee, replaces: fee.id, lists, done, cancel }));
        place.querySelector('[name=amount_cents]').focus();
    };

    await read();
    replace(place, mayPrice() ? feeBox('prices.new_fee', { lists, done }) : el('p', { class: 'quiet' }, t('prices.not_yours')));
    return {
        title: t('prices.fees'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('prices.fees', 'prices.fees_lead'),
            priceTabs('#/prices/fees'),
            note.node,
            place,
            el('div', { class: 'browse-tools' }, searchField('prices.search_fee', kept, 'q', show, { afterMs: 0 }), chip('promo.ended_too', kept, 'ended', () => read().catch(() => {}))),
            list,
        ),
    };
}

// "$1.50 a packet", "$0.03 for each 500 mg".
function charged(fee) {
    const price = moneyText(fee.amount_cents);
    return fee.per === 'unit' ? t('prices.fee_unit', { price, weight: amountText(WEIGHT, fee.unit_mg) }) : t(`prices.fee_${fee.per}`, { price });
}

function feeTable(rows, lists, { change, done }) {
    const heads = ['prices.fee', 'prices.charged', 'orders.form', 'prices.tax_category', 'prices.when', 'stock.state', ...(mayPrice() ? ['receive.tools'] : [])];
    return stockTable(
        heads,
        rows,
        (fee) => {
            const [first, second] = names(fee);
            return [
                { 'data-fee': fee.id },
                [first, second && el('span', { class: 'row-below' }, second)],
                el('td', { class: 'strong' }, charged(fee)),
                figure('orders.form', fee.dosage_form ? formName(lists, fee.dosage_form) : t('prices.any_form'), null),
                figure('prices.tax_category', fee.tax_category ? taxName(lists, fee.tax_category) : el('span', { class: 'quiet' }, t('prices.no_tax')), null),
                el('td', { class: 'quiet' }, lasting(fee)),
                el('td', null, stateTag(fee.state)),
                mayPrice() && el('td', { class: 'price-acts' }, fee.state !== 'ended' && [changeButton(() => change(fee)), endTool(PATH, fee, done)]),
            ];
        },
        'price-table',
    );
}

function feeFields(fee, lists) {
    return {
        name: field('name', 'prices.name', textInput(fee.name, { maxlength: '120' }), { needed: true, help: 'prices.fee_name_help' }),
        name_hanzi: field('name_hanzi', 'prices.name_hanzi', textInput(fee.name_hanzi, { maxlength: '120', lang: 'zh' })),
        amount_cents: field('amount_cents', 'prices.price', textInput(fee.amount_cents ? (fee.amount_cents / 100).toFixed(2) : '', { inputmode: 'decimal', maxlength: '14' }), { needed: true }),
        per: field('per', 'prices.per_what', selectInput(fee.per ?? 'packet', PER.map((per) => [per, word('fee_per', per)]))),
        unit_mg: field('unit_mg', 'prices.unit_holds', textInput(fee.unit_mg ? plainAmount(WEIGHT, fee.unit_mg) : '', { maxlength: '30' }), { needed: true, help: 'prices.unit_help' }),
        dosage_form: field('dosage_form', 'orders.form', selectInput(fee.dosage_form, formChoices(lists, 'prices.any_form'))),
        tax_category: field('tax_category', 'prices.tax_category', selectInput(fee.tax_category, taxChoices(lists, 'prices.no_tax', fee.tax_category))),
        valid_from: field('valid_from', 'promo.valid_from', dateInput(fee.valid_from)),
        valid_until: field('valid_until', 'promo.valid_until', dateInput(fee.valid_until)),
    };
}

function feeBox(key, { fee = {}, replaces, lists, done, cancel }) {
    const fields = feeFields(fee, lists);
    const { amount_cents: amount, unit_mg: unit, ...plain } = fields;
    let sending = { body: '', key: '' };
    const fit = () => {
        unit.node.hidden = fields.per.input.value !== 'unit';
    };
    const act = async () => {
        const body = { ...said(Object.values(plain)), amount_cents: sumAt(amount), replaces };
        if (body.per === 'unit') body.unit_mg = await amountIn(unit, WEIGHT);
        const words = JSON.stringify(body);
        if (words !== sending.body) sending = { body: words, key: newKey() };
        await send('POST', PATH, body, { key: sending.key });
        await done(t('prices.fee_begun', { name: body.name }));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t(replaces ? 'prices.begin_instead' : 'prices.add_fee'));
    fit();
    fields.per.input.addEventListener('change', fit);
    return el(
        'details',
        { class: 'rest card-box price-box', open: Boolean(replaces) },
        el('summary', null, icon('chevron'), t(key, fee)),
        form('decide-rule', Object.values(fields), [button, ...(cancel ? [cancelButton(cancel)] : [])], act, el('div', { class: 'form-grid' }, Object.values(fields).map(({ node }) => node))),
    );
}
