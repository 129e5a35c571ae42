// The shop's promo codes: what each takes off, when and from what, and how often it was used; one code with its uses and the versions of
// its terms, tried on what one chooses, and for whoever may, a new code, other terms, or its end.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, language, t, word } from '/i18n.js';
import { may } from '/session.js';
import { ticketAddress } from '/parts/counter_sale.js';
import { counterTabs } from '/parts/counter_tabs.js';
import { chip, searchField } from '/parts/filters.js';
import { field, form, textInput } from '/parts/form.js';
import { moneyText } from '/parts/money.js';
import { factList, section } from '/parts/monograph.js';
import { stackTable, trail } from '/parts/pieces.js';
import { readLists } from '/parts/price_pieces.js';
import { codeTag, conditions, takesOff, termsForm } from '/parts/promo_terms.js';
import { tryCode } from '/parts/promo_try.js';

const USES_MOST = 50;
const kept = { q: '', ended: false };

const codeAddress = (code) => `#/counter/codes/${encodeURIComponent(code)}`;
const path = (code, tail = '') => `/api/v1/promo-codes/${encodeURIComponent(code)}${tail}`;
const mayWrite = () => may('staff', 'admin');

export async function viewCodes(_, signal) {
    const lists = await readLists(signal);
    const list = el('div', { class: 'counter-codes' });
    let codes = [];
    const show = () => {
        const text = kept.q.trim().toLocaleLowerCase(language());
        const rows = codes.filter((row) => [row.code, row.description].some((one) => one.toLocaleLowerCase(language()).includes(text)));
        const heads = ['counter.code', 'promo.takes_off', 'orders.state', ['promo.used', 'amount'], 'promo.terms'];
        replace(list, rows.length ? stackTable('codes-table', heads, rows.map((row) => codeRow(row, lists))) : el('p', { class: 'empty' }, codes.length ? t('list.none', { q: kept.q }) : t('promo.none')));
    };
    const read = async () => {
        codes = (await get(`/api/v1/promo-codes${kept.ended ? '?ended=true' : ''}`, { signal })).rows;
        show();
    };

    await read();
    return {
        title: t('counter.codes'),
        node: el(
            'div',
            { class: 'counter' },
            el('div', { class: 'page-head' }, el('h1', null, t('counter.codes')), counterTabs('#/counter/codes')),
            mayWrite() ? newForm(lists) : el('p', { class: 'quiet' }, t('promo.not_yours')),
            el('div', { class: 'browse-tools' }, searchField('promo.search', kept, 'q', show, { afterMs: 0 }), chip('promo.ended_too', kept, 'ended', () => read().catch(() => {}))),
            list,
        ),
    };
}

function codeRow(row, lists) {
    return el(
        'tr',
        { 'data-code': row.code },
        el('th', { scope: 'row' }, el('a', { href: codeAddress(row.code), class: 'row-link lot-code' }, row.code), row.description && el('span', { class: 'row-below' }, row.description)),
        el('td', { class: 'strong' }, takesOff(row)),
        el('td', null, codeTag(row.state)),
        el('td', { class: 'amount' }, el('span', { class: 'stack-label' }, t('promo.used')), row.max_uses ? t('promo.of', { n: row.used, all: row.max_uses }) : String(row.used), row.reserved > 0 && el('span', { class: 'row-below' }, t('promo.reserved', { n: row.reserved }))),
        el('td', { class: 'quiet' }, conditions(row, lists).join(' · ')),
    );
}

const grid = (fields) => el('div', { class: 'form-grid' }, fields.map(({ node }) => node));

function newForm(lists) {
    const code = field('code', 'counter.code', textInput('', { maxlength: '40', spellcheck: 'false', autocapitalize: 'characters' }), { needed: true });
    const { fields, read } = termsForm(lists);
    const key = newKey();
    const act = async () => {
        const made = await send('POST', '/api/v1/promo-codes', { code: code.input.value.trim(), ...read() }, { key });
        location.hash = codeAddress(made.code);
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('promo.add'));
    return el('details', { class: 'rest card-box promo-new' }, el('summary', null, icon('chevron'), t('promo.new')), form('decide-rule', [code, ...fields], [button], act, grid([code, ...fields])));
}

export async function viewCode({ id }, signal) {
    const node = el('div', { class: 'counter' });
    const lists = await readLists(signal);
    const read = async () => {
        const [code, uses, versions] = await Promise.all([get(path(id), { signal }), may('staff', 'pharmacist', 'admin') ? get(path(id, `/uses?limit=${USES_MOST}`), { signal }) : null, get(path(id, '/versions'), { signal })]);
        replace(node, ...codePage(code, uses?.rows, versions.rows, lists, read));
        return code;
    };
    const code = await read();
    return { title: code.code, node };
}

function codePage(code, uses, versions, lists, read) {
    return [
        trail('counter.codes', '#/counter/codes', code.code),
        el('header', null, el('h1', null, code.code, ' ', codeTag(code.state)), code.description && el('p', { class: 'lead' }, code.description)),
        factList(
            [
                ['promo.takes_off', takesOff(code)],
                ['promo.used', code.max_uses ? t('promo.of', { n: code.used, all: code.max_uses }) : String(code.used)],
                ['promo.reserved_now', code.reserved ? String(code.reserved) : ''],
            ],
            'property-strip',
        ),
        el('ul', { class: 'bullets' }, conditions(code, lists).map((one) => el('li', null, one))),
        code.state !== 'ended' && mayWrite() && [changeForm(code, lists, read), endForm(code, read)],
        tryCode(code.code, lists),
        uses && section('promo.uses', uses.length ? usesTable(uses) : el('p', { class: 'quiet' }, t('promo.no_uses'))),
        section('promo.versions', el('ol', { class: 'versions' }, versions.map((one) => versionNode(one, one.version === code.version, lists)))),
    ];
}

function usesTable(rows) {
    return stackTable(
        'uses-table',
        ['counter.number', 'orders.state', 'counter.customer', ['promo.takes_off', 'amount'], 'counter.when'],
        rows.map((use) =>
            el(
                'tr',
                null,
                el('th', { scope: 'row' }, el('a', { href: ticketAddress(use.ticket_id), class: 'row-link' }, t('counter.sale', { id: use.ticket_id }))),
                el('td', null, word('promo_use', use.state), use.why && el('span', { class: 'row-below' }, word('promo_end', use.why))),
                el('td', null, use.patient_code ?? ''),
                el('td', { class: 'amount' }, use.discount_cents === null ? '' : `−${moneyText(use.discount_cents)}`),
                el('td', { class: 'quiet' }, clock(new Date(use.ended_at ?? use.reserved_at))),
            ),
        ),
    );
}

function versionNode(one, isNow, lists) {
    return el(
        'li',
        { class: isNow ? 'version version-now' : 'version' },
        el('p', null, el('span', { class: 'strong' }, t('promo.version', { n: one.version })), ' ', takesOff(one)),
        el('p', { class: 'quiet' }, conditions(one, lists).join(' · ')),
        one.change_note && el('p', null, one.change_note),
        el('p', { class: 'quiet' }, [one.changed_by, clock(new Date(one.changed_at))].filter(Boolean).join(' · ')),
    );
}

function changeForm(code, lists, read) {
    const { fields, read: said } = termsForm(lists, code);
    const key = newKey();
    const act = async () => {
        await send('PUT', path(code.code), { seen_version: code.version, ...said() }, { key });
        await read();
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('promo.change'));
    return el('details', { class: 'rest card-box promo-change' }, el('summary', null, icon('chevron'), t('promo.other_terms')), form('decide-rule', fields, [button], act, grid(fields)));
}

function endForm(code, read) {
    const key = newKey();
    const act = async () => {
        await send('POST', path(code.code, '/end'), undefined, { key });
        await read();
    };
    const button = el('button', { type: 'submit', class: 'btn btn-quiet counter-do-cancel' }, t('promo.do_end', { code: code.code }));
    return el('details', { class: 'rest promo-end' }, el('summary', null, icon('chevron'), t('promo.end')), form('decide-rule', [], [button], act, el('p', { class: 'quiet' }, t('promo.end_about'))));
}
