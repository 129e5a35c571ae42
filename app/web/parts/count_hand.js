// What is in hand at a count, large: the item, its lot, the drawer to look in; or the lines of which one is meant; or a lot that is not
// on the sheet yet.

import { send } from '/api.js';
import { el, icon } from '/dom.js';
import { clock, day, t } from '/i18n.js';
import { may } from '/session.js';
import { scaleField, tareField } from '/parts/bench_weigh.js';
import { pressEnter } from '/parts/scan_box.js';
import { amountOf } from '/parts/count_words.js';
import { lineButton } from '/parts/count_lines.js';
import { goTo, inHand, nextLine, pickUp, record } from '/parts/count_take.js';
import { field, form, selectInput, textInput } from '/parts/form.js';
import { isCounted } from '/parts/grams.js';
import { kept } from '/parts/station.js';
import { explain } from '/parts/states.js';
import { holdsGoods, plainName } from '/parts/stock_pieces.js';

export function handCard(c) {
    if (c.extra) return extraCard(c);
    if (c.choices) return choiceCard(c);
    return c.line ? lineCard(c, c.line) : doneCard(c);
}

function lineCard(c, line) {
    return el(
        'section',
        { class: 'bench-card card-box', 'aria-label': plainName(line), 'data-line': line.line_no },
        top(line),
        facts(line),
        line.counted !== null &&
            el(
                'p',
                { class: 'bench-waiting', role: 'note' },
                icon('copy'),
                ' ',
                t('count.before', { amount: amountOf(line, line.counted), name: line.counted_by, when: clock(new Date(line.counted_at)) }),
            ),
        tools(c, line),
        el('div', { class: 'bench-more' }, elsewhere(c, line)),
    );
}

function top(line) {
    const [large, small] = line.name_hanzi ? [line.name_hanzi, line.name] : [line.name, ''];
    return el(
        'div',
        { class: 'bench-top' },
        el('div', { class: 'bench-herb' }, el('p', { class: 'bench-hanzi', lang: 'zh' }, large), el('p', { class: 'bench-pinyin' }, small)),
        el('div', { class: 'bench-target' }, el('p', { class: 'quiet' }, t('count.place')), el('p', { class: 'bench-grams' }, line.location)),
    );
}

function facts(line) {
    const fact = (key, text, kind = '') => el('div', null, el('dt', null, t(key)), el('dd', { class: kind }, text));
    return el(
        'dl',
        { class: 'bench-facts' },
        fact('stock.lot', line.lot_code, 'lot-code'),
        fact('stock.expires', line.expires_on ? day(line.expires_on) : t('stock.no_expiry')),
        line.expected !== null && fact('count.books', amountOf(line, line.expected)),
    );
}

function tools(c, line) {
    const press = (key, kind, act, ...more) => el('button', { type: 'button', class: `btn ${kind} bench-go`, on: { click: act } }, t(key), more);
    const nothing = async () => {
        try {
            await record(c, 0);
        } catch (problem) {
            c.box.complain(explain(problem));
        }
        c.focus();
    };
    const later = () => {
        goTo(c, nextLine(c, line));
        c.draw();
        c.focus();
    };
    const note = field('note', 'count.note', textInput(c.note, { maxlength: '200' }));
    note.input.addEventListener('input', () => (c.note = note.input.value));
    note.input.addEventListener('keydown', (event) => event.key === 'Enter' && (event.preventDefault(), c.focus()));
    return el(
        'div',
        { class: 'bench-tools' },
        !isCounted(line) && [tareField(c), scaleField(c)],
        note.node,
        !isCounted(line) && kept('scale') && c.scales.length > 0 && press('count.do_scale', 'btn-main', c.go, ' ', pressEnter()),
        press('count.nothing', 'btn-quiet', nothing),
        press('count.later', 'btn-quiet', later),
    );
}

const elsewhere = (c, line) =>
    el(
        'button',
        {
            type: 'button',
            class: 'btn btn-quiet btn-small',
            on: {
                click: () => {
                    c.extra = { ...line, location: '' };
                    c.here = '';
                    c.draw();
                },
            },
        },
        t('count.elsewhere'),
    );

function choiceCard(c) {
    const choose = (line) => {
        inHand(c, line);
        c.focus();
    };
    return el(
        'section',
        { class: 'bench-card card-box' },
        el('p', { class: 'bench-say' }, t('count.which')),
        el('ol', { class: 'bench-list' }, c.choices.map((line) => el('li', null, lineButton(line, false, choose)))),
    );
}

// Found where the books have none: it is put on the sheet and is in hand then.
function extraCard(c) {
    const lot = c.extra;
    const places = c.places.filter(holdsGoods);
    const where = field('location', 'count.put_in', selectInput(c.here || lot.location, [['', t('next.choose')], ...places.map((one) => [one.code, [one.code, one.name].filter(Boolean).join(' · ')])]), { needed: true });
    const leave = () => {
        c.extra = null;
        c.draw();
        c.focus();
    };
    const buttons = [
        el('button', { type: 'submit', class: 'btn btn-main' }, t('count.put_on')),
        el('button', { type: 'button', class: 'btn btn-quiet', on: { click: leave } }, t('count.never_mind')),
    ];
    const act = async () => {
        const made = await send('POST', `${c.path}/lines`, { lot_id: lot.lot_id, location: where.input.value });
        c.here = where.input.value;
        await c.read();
        await pickUp(c, `C${c.count.id}-L${made.line_no}`);
        c.focus();
    };
    return el(
        'section',
        { class: 'bench-card card-box', 'data-extra': lot.lot_code },
        top({ ...lot, location: '?' }),
        facts({ ...lot, expected: null }),
        form('next-form', [where], buttons, act, el('p', null, t('count.not_on_sheet', { lot: lot.lot_code })), el('div', { class: 'form-grid' }, where.node)),
    );
}

// Nothing is left to count.
function doneCard(c) {
    return el(
        'section',
        { class: 'bench-card card-box' },
        el('p', { class: 'bench-say' }, t(c.count.lines > 0 ? 'count.all_counted' : 'count.nothing_on_it')),
        c.count.counted > 0 && wayOn(c),
    );
}

export const overCard = (c) => el('section', { class: 'bench-card card-box' }, el('p', { class: 'bench-say' }, t('count.over')), wayOn(c));

function wayOn(c) {
    if (!may('pharmacist', 'admin')) return c.count.state === 'open' && el('p', null, t('count.next_person'));
    return el('p', null, el('a', { class: 'btn btn-main', href: `#/counts/${c.count.id}/differences` }, t('count.to_differences')));
}
