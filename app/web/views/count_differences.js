// The differences of a count: what was counted beside the books of that moment, what moved since, who has to approve what, and the
// booking. Who may not see them is told who may.

import { get, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t, word } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { may, person } from '/session.js';
import { amountOf, changeOf, sureButton } from '/parts/count_words.js';
import { chip } from '/parts/filters.js';
import { moneyText } from '/parts/money.js';
import { fresh, stackTable, trail } from '/parts/pieces.js';
import { plainly } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';
import { itemName } from '/parts/stock_pieces.js';
import { countAddress, countTag } from '/views/counts.js';

const ROLES = ['pharmacist', 'admin'];
const SHOWN_MOST = 300;
const APPROVED_MOST = 1000; // at once, as the service takes them
const kept = { all: false };

export async function viewCountDifferences({ id }, signal) {
    const d = { path: `/api/v1/counts/${encodeURIComponent(id)}`, node: el('div', { class: 'browse' }), rows: [] };
    const ask = async () => {
        const [count, differences] = await Promise.all([
            get(d.path, { signal }),
            may(...ROLES) ? get(`${d.path}/differences`, { signal }) : { rows: [] },
        ]);
        return { count, rows: differences.rows };
    };
    const shown = fresh(d.node, ask, (found) => {
        Object.assign(d, found);
        replace(d.node, page(d));
    });
    d.read = shown.read;
    await d.read();
    readWhen(['stock', 'change'], shown.readUnlessWriting, signal, about('count', d.count.id));
    return { title: t('diff.title', { id: d.count.id }), node: d.node, focus: () => d.node.querySelector('.next-go') };
}

const needsAnother = (row) => row.beyond && !row.approved_by;
const isMine = (row) => row.counted_by === person().id;

function page(d) {
    const { count } = d;
    return [
        trail('nav.counts', '#/counts', el('a', { href: countAddress(count.id) }, `#${count.id}`), icon('chevron'), t('count.differences')),
        el(
            'div',
            { class: 'page-head' },
            el('div', null, el('h1', null, t('diff.title', { id: count.id }), ' ', countTag(count)), el('p', { class: 'lead' }, count.title)),
        ),
        may(...ROLES) ? found(d) : el('p', { class: 'next-why', role: 'note' }, icon('major'), ' ', notYou()),
    ];
}

const roleNames = (roles) => roles.map((role) => word('staff', role)).join(', ');
const notYou = () => t('diff.not_you', { roles: roleNames(ROLES), yours: roleNames(person().roles) });

function found(d) {
    const { count, rows } = d;
    if (!rows.length) return el('p', { class: 'empty' }, t('diff.none_counted'));
    const differing = rows.filter((row) => row.difference !== 0);
    const shown = kept.all ? rows : differing;
    return [
        summary(d, differing),
        el('div', { class: 'browse-tools' }, chip('diff.all', kept, 'all', () => replace(d.node, page(d)))),
        shown.length > 0 && stackTable('differences-table', HEADS, shown.slice(0, SHOWN_MOST).map((row) => differenceRow(d, row))),
        shown.length > SHOWN_MOST && el('p', { class: 'quiet' }, t('diff.more', { n: shown.length - SHOWN_MOST })),
        count.state === 'open' && el('p', { class: 'quiet' }, t('diff.lead')),
    ];
}

function summary(d, differing) {
    const { count, rows } = d;
    const waiting = rows.filter(needsAnother);
    const mine = waiting.filter((row) => !isMine(row)).slice(0, APPROVED_MOST);
    const open = count.state === 'open';
    return el(
        'section',
        { class: 'next card-box' },
        el('p', { class: 'bench-say' }, differing.length ? t('diff.summary', { n: rows.length, differ: differing.length }) : t('diff.agree')),
        count.lines > rows.length && el('p', { class: 'quiet' }, t('diff.left', { n: count.lines - rows.length })),
        open && waiting.length > 0 && el('p', { class: 'next-why', role: 'note' }, icon('major'), ' ', t('diff.waiting', { n: waiting.length })),
        count.state === 'booked' && el('p', { class: 'bench-accepted' }, icon('check'), ' ', t('diff.booked', { name: count.ended_by ?? '–', when: clock(new Date(count.ended_at)) })),
        open &&
            el(
                'div',
                { class: 'form-buttons' },
                mine.length > 1 && approveButton(d, mine, 'diff.approve_all', 'btn-main next-go', { n: mine.length }),
                sureButton('diff.book', 'diff.book_sure', waiting.length ? 'btn-quiet' : 'btn-main next-go', () => book(d), refusal),
            ),
    );
}

async function book(d) {
    await send('POST', `${d.path}/book`);
    await d.read();
}

// Each line that was refused, as the service names it.
const refusal = (problem) => plainly(problem, explain);

function approveButton(d, rows, key, kind, values = {}) {
    const message = el('span', { class: 'field-error', role: 'alert' });
    const button = el('button', { type: 'button', class: `btn ${kind}` }, t(key, values));
    button.addEventListener('click', async () => {
        button.disabled = true;
        try {
            await send('POST', `${d.path}/approvals`, { lines: rows.map(({ line_no }) => ({ line_no })) });
            await d.read();
        } catch (problem) {
            message.textContent = refusal(problem);
            button.disabled = false;
        }
    });
    return el('span', { class: 'act' }, button, message);
}

const HEADS = ['diff.item', 'diff.place', ['diff.expected', 'amount'], ['diff.counted', 'amount'], ['diff.difference', 'amount'], ['diff.value', 'amount'], 'diff.by', 'diff.decide'];

function cell(key, kind, ...content) {
    return el('td', { class: kind }, el('span', { class: 'stack-label' }, t(key)), content);
}

function differenceRow(d, row) {
    const below = (text) => text && el('span', { class: 'row-below' }, text);
    return el(
        'tr',
        { 'data-line': row.line_no },
        el('th', { scope: 'row' }, itemName(row), below([row.sku, row.lot_code].join(' · '))),
        cell('diff.place', '', row.location),
        cell('diff.expected', 'amount', amountOf(row, row.expected), below(row.weighed_out > 0 && t('diff.weighed_out', { amount: amountOf(row, row.weighed_out) }))),
        cell('diff.counted', 'amount', amountOf(row, row.counted), below(row.moved !== 0 && t('count.moved', { change: changeOf(row, row.moved) }))),
        cell('diff.difference', 'amount', el('span', { class: row.beyond ? 'tag tag-stop' : '' }, changeOf(row, row.difference))),
        cell('diff.value', 'amount', row.difference === 0 ? '' : moneyText(row.value_cents)),
        el('td', null, row.counted_by_name, below(clock(new Date(row.counted_at))), below(row.note && `“${row.note}”`)),
        el('td', null, decision(d, row)),
    );
}

function decision(d, row) {
    const again = el('a', { class: 'btn btn-quiet btn-small', href: `${countAddress(d.count.id)}?line=${row.line_no}` }, t('diff.recount'));
    if (row.approved_by) return [el('span', { class: 'tag tag-high' }, t('diff.approved_by', { name: row.approved_by_name }))];
    if (d.count.state !== 'open') return row.beyond && el('span', { class: 'tag' }, t('diff.beyond'));
    if (row.difference === 0) return null;
    if (!row.beyond) return again;
    return [
        el('span', { class: 'tag tag-warn' }, t('diff.beyond')),
        isMine(row) && el('span', { class: 'row-below' }, t('diff.yours')),
        el('span', { class: 'count-decide' }, !isMine(row) && approveButton(d, [row], 'diff.approve', 'btn-main btn-small'), again),
    ];
}
