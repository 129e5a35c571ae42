// Weighing at the bench: the lot in hand by scan or choice, its weight typed or read from a scale less its container; and another
// person accepting a weight outside the band, which the service asks for.

import { send } from '/api.js';
import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { person } from '/session.js';
import { herbText, keyOf, lotCard, lotMeant, notMeant } from '/parts/bench_lots.js';
import { goButton } from '/parts/bench_pick.js';
import { field, form, textInput } from '/parts/form.js';
import { amountText, bandOf, gramsText, isCounted, isWithin, milligrams } from '/parts/grams.js';
import { keep, kept } from '/parts/station.js';

const path = (b, step) => `/api/v1/orders/${b.id}/${step}`;
const SCALE_MS = 60_000;

const isWeighed = (_, row) => Boolean(row.weighed_mg);
const place = (row) => ({ line_no: row.line_no, lot_id: row.lot_id, location_id: row.location_id });

export const weigh = {
    prompt: () => t('bench.scan_weigh'),
    isDone: isWeighed,
    card: (b, row) => row && lotCard(row, weighTools(b, row)),
    async take(b, text) {
        const mg = weightIn(b, text);
        if (mg === null) return chooseByScan(b, text);
        if (isCounted(b.current)) return record(b, { pieces: Number(text) }, Number(text));
        const tare = milligrams(b.tare) ?? 0;
        return record(b, tare ? { gross_mg: mg, tare_mg: tare } : { weighed_mg: mg }, mg - tare);
    },
    // Enter alone: what a second person accepted, else what lies on the scale.
    async go(b) {
        const accepted = acceptedFor(b.current);
        if (accepted) return record(b, b.pending?.key === keyOf(b.current) ? b.pending.body : { weighed_mg: accepted }, accepted);
        return kept('scale') ? fromScale(b) : b.box.complain(t('bench.type_weight', { herb: herbText(b.current) }));
    },
};

// A text that is the code of one of the lots is no weight, whatever it looks like.
function weightIn(b, text) {
    return b.rows.some((row) => row.lot_code === text) ? null : milligrams(text);
}

async function chooseByScan(b, text) {
    const { row, what } = await lotMeant(b.rows, text, (one) => !one.weighed_mg);
    if (!row) return b.box.complain(notMeant(what, b.current));
    if (row.weighed_mg) return b.box.complain(t('bench.weighed_already', { herb: herbText(row), mg: amountText(row, row.weighed_mg) }));
    b.choose(row);
    return b.box.say(t('bench.in_hand', { herb: herbText(row), mg: amountText(row, row.planned_mg) }));
}

async function record(b, body, net) {
    const row = b.current;
    try {
        await send('POST', path(b, 'weighings'), { weighings: [{ ...place(row), ...body }] });
    } catch (problem) {
        if (problem.status !== 409 || isCounted(row) || isWithin(net, row.planned_mg, row.tolerance_permille)) throw problem;
        b.pending = { key: keyOf(row), body, net };
        b.draw();
        return b.box.complain(t('bench.outside', { mg: gramsText(net), off: offBy(net, row), herb: herbText(row) }));
    }
    b.pending = null;
    b.choose(null);
    await b.read();
    return b.box.say(t('bench.recorded', { herb: herbText(row), mg: amountText(row, net) }));
}

const offBy = (net, row) => `${net < row.planned_mg ? '−' : '+'}${gramsText(Math.abs(net - row.planned_mg))}`;

// A scale is given time to come to rest.
export function takeReading(b) {
    b.box.say(t('bench.reading'));
    return send('POST', `/api/v1/scales/${encodeURIComponent(kept('scale'))}/readings`, undefined, { waitMs: SCALE_MS });
}

async function fromScale(b) {
    const reading = await takeReading(b);
    const tare = milligrams(b.tare) ?? 0;
    return record(b, { reading_id: reading.id, tare_mg: tare }, reading.weight_mg - tare);
}

const acceptedFor = (row) => (row.approved_mg && row.approved_by_id !== person().id ? row.approved_mg : 0);

function weighTools(b, row) {
    const accepted = acceptedFor(row);
    const waiting = !accepted && b.pending?.key === keyOf(row);
    return [
        waiting && el('p', { class: 'bench-waiting', role: 'note' }, icon('major'), ' ', t('bench.waiting', { mg: gramsText(b.pending.net) })),
        accepted > 0 &&
            el('p', { class: 'bench-accepted', role: 'note' }, icon('check'), ' ', t('bench.accepted_by', { name: row.approved_by, mg: gramsText(accepted) })),
        el(
            'div',
            { class: 'bench-tools' },
            tareField(b),
            scaleField(b),
            accepted > 0 && goButton(b, 'bench.do_accepted', 'btn-main', { mg: gramsText(accepted) }),
            !accepted && kept('scale') && goButton(b, 'bench.do_scale'),
        ),
        el('div', { class: 'bench-more' }, ranOutForm(b, row), switchMode(b, 'bench.accept_instead', true)),
    ];
}

// The container's weight holds for what comes after, until it is changed.
export function tareField(b) {
    const one = field('tare', 'bench.tare', textInput(b.tare, { inputmode: 'decimal', maxlength: '12', placeholder: '0 g' }));
    one.input.addEventListener('input', () => (b.tare = one.input.value));
    one.input.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        b.box.input.focus();
    });
    one.node.classList.add('bench-tare');
    return one.node;
}

export function scaleField(b) {
    if (!b.scales.length) return null;
    const select = el(
        'select',
        { class: 'select', on: { change: () => choose() } },
        el('option', { value: '' }, t('bench.by_hand')),
        b.scales.map((one) => el('option', { value: one.code, selected: one.code === kept('scale') }, one.name || one.code)),
    );
    const choose = () => {
        keep('scale', select.value);
        b.draw();
        b.box.input.focus();
    };
    return field('scale', 'bench.scale', select).node;
}

// The lot has run out: what was there is said, and the rest comes from other lots.
function ranOutForm(b, row) {
    const there = field('there_mg', 'bench.there_was', textInput('', { inputmode: 'decimal', maxlength: '12' }), { needed: true });
    const button = el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t('bench.do_ran_out'));
    const act = async () => {
        const mg = milligrams(there.input.value);
        if (mg === null) {
            there.error.textContent = t('bench.no_weight');
            return;
        }
        await send('POST', path(b, 'shortfalls'), { ...place(row), there_mg: mg });
        b.choose(null);
        await b.read();
        b.box.say(t('bench.other_lots', { herb: herbText(row) }));
    };
    return el(
        'details',
        { class: 'rest' },
        el('summary', null, icon('chevron'), t('bench.ran_out')),
        form('decide-rule', [there], [button], act, there.node),
    );
}

// Whether one's own weights are entered, or another's are accepted.
function switchMode(b, key, accepting) {
    const press = () => {
        b.accepting = accepting;
        b.draw();
        b.box.input.focus();
    };
    return el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: press } }, t(key));
}

export const accept = {
    prompt: () => t('bench.scan_accept'),
    isDone: isWeighed,
    card: (b, row) => row && lotCard(row, acceptTools(b)),
    async take(b, text) {
        const gross = weightIn(b, text);
        if (gross === null) return chooseByScan(b, text);
        const row = b.current;
        const net = gross - (milligrams(b.tare) ?? 0);
        if (isWithin(net, row.planned_mg, row.tolerance_permille)) return b.box.complain(noNeed(row, net));
        await send('POST', path(b, 'approvals'), { ...place(row), weighed_mg: net });
        await b.read();
        return b.box.say(t('bench.accepted', { herb: herbText(row), mg: gramsText(net) }));
    },
    go(b) {
        b.box.complain(t('bench.type_accept', { herb: herbText(b.current) }));
    },
};

function noNeed(row, net) {
    const [least, most] = bandOf(row.planned_mg, row.tolerance_permille);
    return t('bench.no_need', { mg: gramsText(net), least: gramsText(least), most: gramsText(most) });
}

function acceptTools(b) {
    const filler = b.found.order.filler_id;
    return [
        el('p', { class: 'bench-waiting', role: 'note' }, icon('eye'), ' ', t('bench.accept_about')),
        el('div', { class: 'bench-tools' }, tareField(b)),
        (!filler || filler === person().id) && el('div', { class: 'bench-more' }, switchMode(b, 'bench.weigh_instead', false)),
    ];
}
