// The lines of a ticket: what, how much, from which lots and until when they keep, what it costs and why; while the ticket is open each
// quantity can be changed.

import { el, icon } from '/dom.js';
import { day, isChinese, t } from '/i18n.js';
import { gramsText, isCounted } from '/parts/grams.js';
import { moneyText } from '/parts/money.js';
import { tableHead } from '/parts/pieces.js';
import { amountOf, milligramsOf } from '/parts/counter_box.js';
import { nameOfLine, sayWithUndo } from '/parts/counter_sale.js';
import { pricedBy } from '/parts/why.js';
import { orderAddress } from '/router.js';

export function lineTable(s) {
    const rows = s.sold.quote_lines.length && s.isOver() ? s.sold.quote_lines : (s.sold.price?.lines ?? []);
    return el(
        'table',
        { class: 'items counter-lines' },
        tableHead(['counter.what', 'counter.amount', ['counter.price', 'amount'], 'counter.off']),
        el('tbody', null, rows.map((row) => lineRow(s, row))),
    );
}

function lineRow(s, row) {
    const line = s.sold.lines.find((one) => one.line_no === row.line_no) ?? row;
    const own = row.kind !== 'fee';
    const wrong = own && s.wrong.get(row.line_no);
    return el(
        'tr',
        { class: wrong ? 'counter-short' : '', 'data-line': own ? row.line_no : null, 'data-sku': line.sku },
        el('th', { scope: 'row' }, nameNode(row, line, own), own && lotsNode(s, row, line), wrong && el('span', { class: 'counter-wrong', role: 'alert' }, wrong)),
        el('td', null, own && s.isOpen() && !line.order_id ? amountTool(s, line) : own && !line.order_id ? amountOf(row) : ''),
        priceCell(row),
        el('td', { class: 'counter-off' }, own && s.isOpen() && offButton(s, line)),
    );
}

function nameNode(row, line, own) {
    const [first, second] = isChinese() && row.name_hanzi ? [row.name_hanzi, row.name] : [row.name, row.name_hanzi];
    if (own && line.order_id) return [el('a', { href: orderAddress(line.order_id) }, nameOfLine(line)), el('span', { class: 'row-below' }, pricedBy(row))];
    return [first, second && [' ', el('span', { class: 'name-second' }, second)], el('span', { class: 'row-below' }, [line.sku, pricedBy(row)].filter(Boolean).join(' · '))];
}

// The lots it takes, or took.
function lotsNode(s, row, line) {
    const lots = s.isOver() ? s.sold.lots.filter(({ seq }) => seq === row.seq) : (s.sold.price?.lots ?? []).filter((one) => one.line_no === row.line_no);
    const words = lots.map((lot) => [lot.lot_code, lot.expires_on && t('counter.until', { day: day(lot.expires_on) })].filter(Boolean).join(' '));
    if (!words.length) return line.lot_code && el('span', { class: 'row-below' }, t('counter.lot', { lot: line.lot_code }));
    return el('span', { class: 'row-below' }, t('counter.lot', { lot: words.join(', ') }));
}

function priceCell(row) {
    return el(
        'td',
        { class: 'amount' },
        moneyText(row.list_cents),
        row.discount_cents > 0 && el('span', { class: 'row-below counter-less' }, `−${moneyText(row.discount_cents)}`),
        row.back_quantity > 0 && el('span', { class: 'row-below' }, t('counter.came_back', { n: amountOf({ ...row, quantity: row.back_quantity }) })),
    );
}

// Pieces by buttons or typed; what is weighed, typed in any unit.
function amountTool(s, line) {
    const counted = isCounted(line);
    const name = nameOfLine(line);
    const input = el('input', {
        type: 'text',
        class: 'form-control counter-quantity',
        inputmode: counted ? 'numeric' : 'text',
        maxlength: '20',
        autocomplete: 'off',
        value: counted ? String(line.quantity) : gramsText(line.quantity),
        'aria-label': t('counter.how_much', { name }),
    });
    const to = (wanted) => s.run(() => changeLine(s, line.line_no, wanted));
    const typed = async () => {
        const text = input.value.trim();
        if (counted && !/^[1-9]\d{0,5}$/.test(text)) return notAmount(s, input, text, 'counter.no_count');
        if (counted) return to(() => Number(text));
        try {
            const mg = await milligramsOf(text);
            return await to(() => mg);
        } catch {
            return notAmount(s, input, text, 'counter.no_weight');
        }
    };
    input.addEventListener('change', typed);
    input.addEventListener('focus', () => input.select());
    return el(
        'div',
        { class: 'counter-steps' },
        counted && stepButton('−', t('counter.one_less', { name }), line.quantity > 1 && (() => to((now) => Math.max(now - 1, 1)))),
        input,
        counted && stepButton('+', t('counter.one_more', { name }), () => to((now) => now + 1)),
    );
}

// wanted(now): the quantity it is to be, from the one it has by then.
async function changeLine(s, lineNo, wanted) {
    const line = s.sold.lines.find((one) => one.line_no === lineNo);
    const quantity = line && wanted(line.quantity);
    if (!line || quantity === line.quantity) return;
    await s.change('PUT', `/lines/${lineNo}`, { quantity });
    sayWithUndo(s, t('counter.changed', { name: nameOfLine(line), amount: amountOf({ ...line, quantity }) }), () => s.change('PUT', `/lines/${lineNo}`, { quantity: line.quantity }));
}

function notAmount(s, input, text, key) {
    input.setAttribute('aria-invalid', 'true');
    s.box.complain(t(key, { text }));
    input.focus();
}

function stepButton(sign, label, act) {
    return el('button', { type: 'button', class: 'counter-step', 'aria-label': label, title: label, disabled: !act, on: { click: act || null } }, sign);
}

function offButton(s, line) {
    const name = nameOfLine(line);
    const off = () => s.run(async () => {
        await s.change('PUT', `/lines/${line.line_no}`, { quantity: 0 });
        sayWithUndo(s, t('counter.taken_off', { name }), () => s.put('/lines', again(line)));
    });
    return el('button', { type: 'button', class: 'entry-remove', 'aria-label': t('counter.take_off', { name }), title: t('counter.take_off', { name }), on: { click: off } }, icon('close'));
}

const again = (line) => (line.order_id ? { order_id: line.order_id } : { what: line.lot_code ?? line.sku, quantity: line.quantity, unit: line.unit });

// What it comes to, as the service says.
export function sums(s) {
    const all = s.sold.price ?? s.sold.ticket;
    const row = (key, cents, kind = '') => el('div', { class: kind }, el('dt', null, t(key)), el('dd', { class: 'amount' }, moneyText(cents)));
    return el(
        'dl',
        { class: 'counter-sums' },
        all.discount_cents > 0 && [row('counter.listed', all.list_cents), el('div', null, el('dt', null, t('counter.discount')), el('dd', { class: 'amount counter-less' }, `−${moneyText(all.discount_cents)}`))],
        all.tax_cents > 0 && row(all.tax_included ? 'counter.tax_in' : 'counter.tax', all.tax_cents),
        row('counter.total', all.total_cents, 'counter-total'),
    );
}
