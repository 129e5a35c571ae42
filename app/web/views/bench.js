// An order at the bench: fetched, looked at, weighed, weighed again. One box takes scans and weights at any time; the lot in hand is
// large; Enter always does what comes next; who may not do it is told why.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { readWhen } from '/live.js';
import { orderAddress } from '/router.js';
import { may } from '/session.js';
import { lotList } from '/parts/bench_lots.js';
import { packets } from '/parts/bench_packets.js';
import { identify, pick } from '/parts/bench_pick.js';
import { accept, weigh } from '/parts/bench_weigh.js';
import { readAll } from '/parts/lexicon.js';
import { AT_THE_BENCH, nextStep, whoMay } from '/parts/order_steps.js';
import { fresh, trail } from '/parts/pieces.js';
import { plainly, scanBox } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';
import { stateTag } from '/views/orders.js';

const MODES = { pick, identify, weigh, accept, packets, over: { isDone: (_, row) => Boolean(row.weighed_mg) } };

export async function viewBench({ id }, signal) {
    const b = { id: encodeURIComponent(id), fetched: new Set(), pending: null, chosen: null, accepting: false, tare: '', packet: null };
    const body = el('div', { class: 'bench-body' });
    const head = el('header', { class: 'bench-head' });
    b.box = scanBox((text, how) => handled(b, text, how), signal);
    const shown = fresh(
        body,
        () => readOrder(b, signal),
        (found) => {
            Object.assign(b, found);
            b.draw();
        },
    );
    b.read = shown.read;
    b.draw = () => drawBench(b, head, body);
    b.choose = (row) => {
        b.chosen = row;
        b.draw();
        b.focus();
    };
    b.go = () => handled(b, '', 'typed');
    b.focus = () => focusOf(b, body)?.focus();

    await Promise.all([readScales(b, signal), readAll('herb', signal)]);
    await b.read();
    readWhen(['order'], shown.readUnlessWriting, signal, (event) => !event.order_id || event.order_id === b.found.order.id);
    return {
        title: t('bench.title', { id: b.found.order.id }),
        node: el('div', { class: 'bench' }, head, b.box.node, body),
        focus: () => focusOf(b, body),
    };
}

async function readOrder(b, signal) {
    const mine = may('pharmacist', 'staff');
    const [found, picking, checks] = await Promise.all([
        get(`/api/v1/orders/${b.id}`, { signal }),
        mine ? get(`/api/v1/orders/${b.id}/picking`, { signal }) : { rows: [] },
        mine ? get(`/api/v1/orders/${b.id}/packet-checks`, { signal }) : { rows: [] },
    ]);
    return { found, rows: picking.rows, checks: checks.rows };
}

async function readScales(b, signal) {
    b.scales = may('pharmacist', 'staff') ? (await get('/api/v1/scales', { signal })).rows : [];
}

// What is done with an entry, and what is said when it fails. The box has the focus again afterwards.
async function handled(b, text, how) {
    const mode = MODES[b.mode];
    try {
        if (text) await mode.take?.(b, text, how);
        else await mode.go?.(b);
    } catch (problem) {
        b.box.complain(plainly(problem, explain));
    }
    b.focus();
}

// Where Enter does what comes next: the box, or the way on when it is closed.
const focusOf = (b, body) => (b.mode === 'over' ? body.querySelector('.next-go') : b.box.input);

function modeOf(b) {
    const step = nextStep(b.found);
    if (!AT_THE_BENCH.includes(step)) return 'over';
    if (step === 'weigh' && may('pharmacist', 'staff') && (b.accepting || !whoMay(step, b.found).may)) return 'accept';
    return whoMay(step, b.found).may ? step : 'over';
}

function drawBench(b, head, body) {
    const step = nextStep(b.found);
    b.mode = modeOf(b);
    const mode = MODES[b.mode];
    const again = b.chosen && b.rows.find((row) => row.lot_id === b.chosen.lot_id && row.line_no === b.chosen.line_no && row.location_id === b.chosen.location_id);
    b.current = again && !mode.isDone(b, again) ? again : b.rows.find((row) => !mode.isDone(b, row));

    replace(head, headOf(b, step));
    b.box.node.classList.toggle('scan-closed', b.mode === 'over');
    if (mode.prompt) b.box.ask(mode.prompt(b));
    replace(
        body,
        el('div', { class: 'bench-hand' }, b.mode === 'over' ? overCard(b, step) : mode.card(b, b.current)),
        b.rows.length > 0 &&
            el(
                'section',
                { class: 'bench-all', 'aria-label': t('orders.lines') },
                el('p', { class: 'bench-progress' }, progress(b, mode)),
                lotList(b.rows, b.mode === 'over' ? null : b.current, (row) => mode.isDone(b, row), b.choose),
            ),
    );
}

function progress(b, mode) {
    const done = b.rows.filter((row) => mode.isDone(b, row)).length;
    return t('bench.progress', { n: done, all: b.rows.length });
}

function headOf({ found }, step) {
    const { order } = found;
    const { who, why } = whoMay(step, found);
    return [
        trail('nav.orders', '#/orders', el('a', { href: orderAddress(order.id) }, `#${order.id}`), icon('chevron'), t('bench.bench')),
        el('h1', null, t(step ? `next.${step}` : 'bench.bench'), ' ', stateTag(order.state)),
        el('p', { class: 'bench-who' }, `#${order.id} · ${order.patient_name} · `, el('span', { class: 'quiet' }, AT_THE_BENCH.includes(step) ? who : '')),
        AT_THE_BENCH.includes(step) && why && el('p', { class: 'next-why', role: 'note' }, icon('major'), ' ', why),
    ];
}

// Nothing to do here (any more, or for the reader): the way on.
function overCard({ found }, step) {
    const atTheBench = AT_THE_BENCH.includes(step);
    return el(
        'section',
        { class: 'bench-card card-box' },
        el('p', { class: 'bench-say' }, atTheBench ? t('bench.not_you') : t('bench.over', { next: step ? t(`next.${step}`) : '–' })),
        el('a', { class: 'btn btn-main next-go', href: orderAddress(found.order.id) }, t('bench.to_the_order')),
    );
}
