// Tax categories, and how the shop sells: whether prices hold the tax, whether an order is paid before it is handed over, how long a quote
// holds. An administrator changes them; the others see them.

import { get, send } from '/api.js';
import { el, replace } from '/dom.js';
import { language, t } from '/i18n.js';
import { may } from '/session.js';
import { chip, searchField } from '/parts/filters.js';
import { field, form, said, textArea, textInput, tickField, wrongAt } from '/parts/form.js';
import { moneyText, percentAt, sumAt } from '/parts/money.js';
import { factList, section } from '/parts/monograph.js';
import { retiredTag } from '/parts/furnish.js';
import { tool } from '/parts/order_stops.js';
import { pageHead } from '/parts/pieces.js';
import { boxed, priceTabs, refuseKnown, retireTool } from '/parts/price_pieces.js';
import { percentText } from '/parts/promo_terms.js';
import { doneNote, figure, stockTable } from '/parts/stock_pieces.js';

const kept = { q: '', retired: false };
const pathOf = (id) => `/api/v1/tax-categories/${encodeURIComponent(id)}`;
const mayTax = () => may('admin');

export async function viewTaxes(_, signal) {
    const note = doneNote();
    const list = el('div');
    const place = el('div', { class: 'price-place' });
    const ways = el('div', { class: 'price-settings' });
    let taxes = [];

    const show = () => {
        const text = kept.q.trim().toLocaleLowerCase(language());
        const rows = taxes.filter(({ tax_category: id, name, retired_at: gone }) => (kept.retired || !gone) && `${id} ${name}`.toLocaleLowerCase(language()).includes(text));
        replace(list, rows.length ? taxTable(rows, done) : el('p', { class: 'empty' }, kept.q.trim() ? t('list.none', { q: kept.q }) : t('prices.no_taxes')));
    };
    const read = async () => {
        const [categories, settings] = await Promise.all([get('/api/v1/tax-categories?all=true', { signal }), get('/api/v1/sale-settings', { signal })]);
        taxes = categories.rows;
        show();
        replace(ways, settingFacts(settings), mayTax() && settingsTool(settings, done));
    };
    const done = async (text) => {
        replace(place, mayTax() && newTax(() => taxes, done));
        await read();
        note.say(text);
    };

    await read();
    replace(place, mayTax() ? newTax(() => taxes, done) : el('p', { class: 'quiet' }, t('prices.taxes_not_yours')));
    return {
        title: t('prices.taxes'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('prices.taxes', 'prices.taxes_lead'),
            priceTabs('#/prices/taxes'),
            note.node,
            place,
            el('div', { class: 'browse-tools' }, searchField('prices.search_tax', kept, 'q', show, { afterMs: 0 }), chip('furnish.retired_too', kept, 'retired', show)),
            list,
            section('prices.settings', ways),
        ),
    };
}

function taxFields(row = {}) {
    return {
        name: field('name', 'prices.name', textInput(row.name, { maxlength: '120' }), { needed: true, help: 'prices.tax_name_help' }),
        rate: field('rate_basis_points', 'prices.rate', textInput(row.tax_category ? percentText(row.rate_basis_points) : '', { inputmode: 'decimal', maxlength: '10' }), { needed: true, help: 'prices.rate_help' }),
        note: field('note', 'prices.note', textArea(row.note, { maxlength: '300' }), { wide: true }),
    };
}

async function setTax(id, { name, rate, note }, done) {
    await send('PUT', pathOf(id), { ...said([name, note]), rate_basis_points: percentAt(rate) });
    await done(t('prices.tax_set', { name: name.input.value.trim() }));
}

function newTax(taxes, done) {
    const id = field('tax_category', 'prices.tax_code', textInput('', { maxlength: '40', spellcheck: 'false', autocapitalize: 'none' }), { needed: true, help: 'prices.code_help' });
    const fields = taxFields();
    const act = async () => {
        const code = id.input.value.trim();
        refuseKnown(taxes().some((one) => one.tax_category === code), id);
        await setTax(code, fields, done);
    };
    return boxed(tool('prices.new_tax', [id, ...Object.values(fields)], 'btn-main', act, { say: 'prices.add' }));
}

function taxTable(rows, done) {
    const heads = ['prices.tax_category', 'prices.tax_code', ['prices.rate', 'amount'], 'prices.note', ...(mayTax() ? ['receive.tools'] : [])];
    return stockTable(
        heads,
        rows,
        (row) => {
            const fields = taxFields(row);
            return [
                { 'data-tax': row.tax_category },
                [row.name, retiredTag(row)],
                el('td', { class: 'quiet' }, row.tax_category),
                figure('prices.rate', percentText(row.rate_basis_points)),
                el('td', { class: 'quiet' }, row.note),
                mayTax() && el('td', null, tool('prices.change', Object.values(fields), 'btn-main', () => setTax(row.tax_category, fields, done), { say: 'form.save', about: el('p', { class: 'quiet' }, t('prices.tax_about')) }), retireTool(pathOf(row.tax_category), row, done)),
            ];
        },
        'price-table',
    );
}

function settingFacts(settings) {
    return factList(
        [
            ['prices.tax_is', t(settings.tax_included ? 'prices.tax_in' : 'prices.tax_on_top')],
            ['prices.handover', t(settings.handover_needs_payment ? 'prices.pay_first' : 'prices.pay_later')],
            ['prices.quote_holds', t('prices.minutes', { n: settings.quote_minutes })],
            ['prices.drawer_limit', moneyText(settings.drawer_limit_cents)],
            ['prices.receipt_note', settings.receipt_note],
        ],
        'property-strip',
    );
}

function settingsTool(settings, done) {
    const fields = {
        tax_included: tickField('tax_included', 'prices.tax_in', settings.tax_included),
        handover_needs_payment: tickField('handover_needs_payment', 'prices.pay_first', settings.handover_needs_payment),
        quote_minutes: field('quote_minutes', 'prices.quote_minutes', textInput(String(settings.quote_minutes), { inputmode: 'numeric', maxlength: '5' }), { needed: true, help: 'prices.quote_help' }),
        drawer_limit: field('drawer_limit_cents', 'prices.drawer_limit', textInput((settings.drawer_limit_cents / 100).toFixed(2), { inputmode: 'decimal', maxlength: '14' }), { needed: true, help: 'prices.drawer_help' }),
        receipt_note: field('receipt_note', 'prices.receipt_note', textArea(settings.receipt_note, { maxlength: '300' }), { wide: true }),
    };
    const act = async () => {
        const { quote_minutes: minutes } = fields;
        if (!/^[1-9]\d{0,4}$/.test(minutes.input.value.trim())) throw wrongAt(minutes, t('promo.no_number'));
        await send('PUT', '/api/v1/sale-settings', {
            tax_included: fields.tax_included.input.checked,
            handover_needs_payment: fields.handover_needs_payment.input.checked,
            quote_minutes: Number(minutes.input.value),
            drawer_limit_cents: sumAt(fields.drawer_limit),
            ...said([fields.receipt_note]),
        });
        await done(t('prices.settings_set'));
    };
    return tool('prices.change_settings', Object.values(fields), 'btn-main', act, { say: 'form.save' });
}
