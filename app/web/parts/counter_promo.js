// Promo codes: tried before they are put on, and once on, what each does line by line, or why it does not. The service works it out
// anew on every change.

import { query } from '/api.js';
import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { field, form, textInput } from '/parts/form.js';
import { moneyText } from '/parts/money.js';
import { nameOfLine } from '/parts/counter_sale.js';
import { whyText } from '/parts/why.js';

export function promoCard(s) {
    const codes = s.sold?.price?.codes ?? [];
    return el(
        'section',
        { class: 'card-box counter-promo' },
        codes.map((code) => codeNode(code, s.shop.lists, offButton(s, code.code))),
        s.trial && trialNode(s),
        codeForm(s),
    );
}

// A code that works goes on the ticket at once; one that does not says why first.
function codeForm(s) {
    const code = field('code', 'counter.code', textInput('', { maxlength: '60', spellcheck: 'false', autocapitalize: 'characters' }));
    const act = async () => {
        const typed = code.input.value.trim();
        s.trial = null;
        if (!typed) return;
        if (!s.isOpen()) {
            await s.put('', { codes: [typed] });
        } else {
            const tried = await query(`/api/v1/promo-codes/${encodeURIComponent(typed)}/dry-run`, { ticket_id: s.sold.ticket.id }, { signal: s.signal });
            s.trial = tried.codes.find((one) => one.code === typed.toUpperCase()) ?? tried.codes.at(-1);
            if (s.trial.applies) await putOn(s, s.trial.code);
            else s.draw();
        }
        s.focus();
    };
    const button = el('button', { type: 'submit', class: 'btn btn-quiet' }, t('counter.try_code'));
    return form('counter-code-form', [code], [button], act, code.node);
}

async function putOn(s, code) {
    s.trial = null;
    await s.change('POST', '/codes', { code });
    s.box.say(t('counter.code_on', { code }));
}

function trialNode(s) {
    const on = () => s.run(() => putOn(s, s.trial.code));
    const drop = () => {
        s.trial = null;
        s.draw();
        s.focus();
    };
    return el(
        'div',
        { class: 'counter-trial', role: 'status' },
        codeNode(s.trial, s.shop.lists),
        el(
            'div',
            { class: 'form-buttons' },
            el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: on } }, t('counter.put_on_anyway')),
            el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: drop } }, t('counter.leave_it')),
        ),
    );
}

export function codeNode(code, lists, tool) {
    return el(
        'div',
        { class: 'counter-code', 'data-code': code.code },
        el(
            'p',
            { class: 'counter-code-head' },
            el('span', { class: 'lot-code strong' }, code.code),
            code.applies ? el('span', { class: 'tag tag-high' }, `−${moneyText(code.discount_cents)}`) : el('span', { class: 'tag tag-warn' }, t('counter.code_idle')),
            tool,
        ),
        el('p', { class: 'quiet' }, whyText(code, lists)),
        code.lines.length > 0 &&
            el(
                'details',
                { class: 'rest', open: !code.applies },
                el('summary', null, icon('chevron'), t('counter.by_line')),
                el('ul', { class: 'counter-effects' }, code.lines.map((line) => effectRow(line, lists))),
            ),
    );
}

function effectRow(line, lists) {
    return el(
        'li',
        null,
        el('span', null, nameOfLine(line)),
        el('span', { class: line.discount_cents ? 'amount counter-less' : 'amount quiet' }, line.discount_cents ? `−${moneyText(line.discount_cents)}` : moneyText(line.before_cents)),
        el('span', { class: 'quiet' }, whyText(line, lists)),
    );
}

function offButton(s, code) {
    const off = () => s.run(async () => {
        await s.change('DELETE', `/codes/${encodeURIComponent(code)}`);
        s.box.say(t('counter.code_taken_off', { code }));
    });
    const label = t('counter.take_off', { name: code });
    return el('button', { type: 'button', class: 'entry-remove', 'aria-label': label, title: label, on: { click: off } }, icon('close'));
}
