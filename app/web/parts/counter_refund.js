// Giving money back: the whole sale undone on its day, or some lines or all of them, with a coded reason, what becomes of the goods, and
// how the money goes back. How much that is, the service says.

import { query, send } from '/api.js';
import { debounce, el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { field, form, selectInput, textArea, textInput, wrongAt } from '/parts/form.js';
import { gramsText, isCounted, milligrams } from '/parts/grams.js';
import { moneyText } from '/parts/money.js';
import { keyFor, nameOfLine, reasonName, registerName, tenderName } from '/parts/counter_sale.js';

const LOOK_AFTER_MS = 300;

export function refundForms(s) {
    return el(
        'details',
        { class: 'rest counter-refund card-box' },
        el('summary', null, icon('chevron'), t('counter.give_back')),
        refundForm(s),
        s.sold.refunds.length === 0 && voidForm(s),
    );
}

const reasons = (s) => [['', t('next.choose')], ...s.shop.reasons.map((one) => [one.code, reasonName(s, one.code)])];

function common(s) {
    return { reason: field('reason', 'stop.reason', selectInput('', reasons(s)), { needed: true }), note: field('note', 'work.note', textArea('', { maxlength: '500' }), { wide: true }) };
}

// Its lines as sold, each with what of it comes back: empty for none.
function refundForm(s) {
    const { reason, note } = common(s);
    const ways = [...new Set(s.sold.tenders.map(({ kind }) => kind))];
    const how = ways.length > 1 ? field('tenders', 'counter.money_back', selectInput('', [['', t('counter.as_paid')], ...ways.map((kind) => [kind, tenderName(s, kind)])])) : null;
    const rows = s.sold.quote_lines.filter((line) => line.back_quantity < line.quantity).map((line) => backRow(line));
    const fields = [...rows.flatMap((row) => row.fields), reason, note, how].filter(Boolean);
    const sum = el('p', { class: 'counter-back-sum', role: 'status' });
    const look = debounce(LOOK_AFTER_MS, () => lookAt(s, rows, how, sum));
    const act = async () => {
        const lines = rows.map(backOf).filter(Boolean);
        if (!lines.length) throw wrongAt(rows[0].fields[0], t('counter.nothing_back'));
        const body = { reason: reason.input.value, register: registerName(), ...linesBack(lines, how), ...(note.input.value.trim() && { note: note.input.value.trim() }) };
        await giveBack(s, 'refunds', body, fields, lines);
    };
    const all = () => {
        for (const { line, fields: [back] } of rows) back.input.value = leftOf(line);
        look();
    };
    const node = form(
        'counter-refund-form',
        fields,
        [
            el('button', { type: 'submit', class: 'btn btn-main' }, t('counter.refund')),
            el('button', { type: 'button', class: 'btn btn-quiet', on: { click: all } }, t('counter.all_back')),
        ],
        act,
        el('ul', { class: 'counter-back' }, rows.map(({ node }) => node)),
        el('div', { class: 'form-grid' }, reason.node, how?.node, note.node),
        sum,
    );
    node.addEventListener('input', look);
    return node;
}

const linesBack = (lines, how) => ({ lines, ...(how?.input.value && { tenders: [{ kind: how.input.value }] }) });

// What would go back, while it is being filled in; what is wrong is said when it is asked for.
async function lookAt(s, rows, how, sum) {
    try {
        const lines = rows.map(backOf).filter(Boolean);
        const found = lines.length > 0 && (await query(s.path('/refunds/dry-run'), linesBack(lines, how), { signal: s.signal }));
        const ways = found && found.tenders.map((one) => `${tenderName(s, one.kind)} ${moneyText(one.amount_cents)}`).join(', ');
        sum.textContent = found ? t('counter.would_go_back', { sum: moneyText(found.total_cents), ways }) : '';
    } catch {
        sum.textContent = '';
    }
}

const leftOf = (line) => (isCounted(line) ? String(line.quantity - line.back_quantity) : gramsText(line.quantity - line.back_quantity));

function backRow(line) {
    const back = field(`back-${line.seq}`, 'counter.comes_back', textInput('', { maxlength: '20', placeholder: t('counter.of', { n: leftOf(line) }) }));
    const goods = line.kind === 'item' && field(`goods-${line.seq}`, 'counter.goods', selectInput('restock', [['restock', t('counter.restock')], ['write_off', t('counter.write_off')]]));
    const node = el('li', { 'data-seq': line.seq }, el('span', { class: 'strong' }, nameOfLine(line.kind === 'fee' ? { ...line, order_id: null } : line)), el('span', { class: 'amount' }, moneyText(line.total_cents)), back.node, goods && goods.node);
    return { line, fields: [back, goods].filter(Boolean), node };
}

function backOf({ line, fields: [back, goods] }) {
    const text = back.input.value.trim();
    if (!text) return null;
    const quantity = isCounted(line) ? (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : null) : milligrams(text);
    if (!quantity) throw wrongAt(back, t(isCounted(line) ? 'counter.is_count' : 'counter.is_weight'));
    return { seq: line.seq, quantity, ...(goods && { disposition: goods.input.value }) };
}

// Undone whole, on its day: everything back on its shelf, as if it had not been.
function voidForm(s) {
    const { reason, note } = common(s);
    const fields = [reason, note];
    const act = () => giveBack(s, 'void', { reason: reason.input.value, register: registerName(), ...(note.input.value.trim() && { note: note.input.value.trim() }) }, fields, []);
    return el(
        'details',
        { class: 'rest' },
        el('summary', null, icon('chevron'), t('counter.void')),
        form('counter-void-form', fields, [el('button', { type: 'submit', class: 'btn btn-main' }, t('counter.do_void'))], act, el('p', { class: 'quiet' }, t('counter.void_about')), el('div', { class: 'form-grid' }, reason.node, note.node)),
    );
}

// A line the service complains of ("lines[2]") is that line's field.
async function giveBack(s, step, body, fields, lines) {
    try {
        const sold = await send('POST', s.path(`/${step}`), body, { key: keyFor(s, step, s.sold.ticket.id, s.sold.refunds.length, body) });
        s.take(sold);
        s.box.say(t('counter.given_back', { sum: moneyText(sold.refunds.at(-1).total_cents) }));
        s.focus();
    } catch (problem) {
        if (problem.errors) problem.errors = problem.errors.map((one) => ({ ...one, field: backField(one.field, lines, fields) }));
        throw problem;
    }
}

function backField(name, lines, fields) {
    const seq = /^lines\[(\d+)\]$/.exec(name)?.[1] ?? (['quantity', 'seq'].includes(name) && lines.length === 1 ? lines[0].seq : null);
    const wanted = `back-${seq}`;
    return seq && fields.some((one) => one.name === wanted) ? wanted : name;
}
