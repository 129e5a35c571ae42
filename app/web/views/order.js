// One order: how far it is and who did it, the step it waits for, what keeps it where it stands, each herb with its lots and weights,
// the lots passed over and why, and the findings with the prescriber's answers.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { orderAddress, payAddress } from '/router.js';
import { may } from '/session.js';
import { readAll } from '/parts/lexicon.js';
import { factList, gramsOf, section } from '/parts/monograph.js';
import { orderExits } from '/parts/order_exits.js';
import { orderFindings } from '/parts/order_findings.js';
import { labelPanel } from '/parts/order_label.js';
import { orderLines, passedOver } from '/parts/order_lines.js';
import { nextPanel } from '/parts/order_next.js';
import { orderReturns, returnReasons } from '/parts/order_returns.js';
import { EXITS, nextStep } from '/parts/order_steps.js';
import { orderReasons, orderStops } from '/parts/order_stops.js';
import { fresh, happenedList, trail } from '/parts/pieces.js';
import { STATES, stateTag } from '/views/orders.js';

export async function viewOrder({ id }, signal) {
    const node = el('div', { class: 'browse' });
    const [hold, reject, waste, notWanted, returned] = await Promise.all([
        ...['hold', 'reject', 'waste', 'not_wanted'].map((use) => orderReasons(use, signal)),
        returnReasons(signal),
        readAll('herb', signal),
        readAll('formula', signal),
    ]);
    const reasons = { hold, reject, waste, not_wanted: notWanted, returned };
    const ask = () => get(`/api/v1/orders/${encodeURIComponent(id)}`, { signal });
    const shown = fresh(node, ask, (found) => replace(node, page(found, reasons, read)));
    // After a step: Enter takes the next one.
    const read = async () => {
        await shown.read();
        node.querySelector('.next-go')?.focus();
    };
    const { order } = await shown.read();

    readWhen(['order', 'work'], shown.readUnlessWriting, signal, (event) => !event.order_id || event.order_id === order.id);
    return { title: `${t('orders.one')} #${order.id}`, node, focus: () => node.querySelector('.next-go') };
}

function page(found, reasons, read) {
    const { order } = found;
    const stops = orderStops(found, reasons.hold, read);
    const labelled = isOnPaper(order) && nextStep(found) !== 'label';
    return el(
        'article',
        { class: 'monograph' },
        trail('nav.orders', '#/orders', `#${order.id}`),
        el(
            'header',
            { class: 'monograph-head' },
            el(
                'div',
                { class: 'monograph-title' },
                el(
                    'h1',
                    null,
                    `${t('orders.one')} #${order.id} `,
                    stateTag(order.state),
                    order.stopped && el('span', { class: 'tag tag-warn' }, t('order.stopped')),
                ),
                el('p', { class: 'monograph-third' }, order.patient_name, ' · ', order.patient_code),
            ),
            isOnPaper(order) && papers(order),
        ),
        steps(order, found.events),
        nextPanel(found, read),
        facts(order),
        exit(order),
        el(
            'div',
            { class: 'monograph-columns' },
            el(
                'div',
                { class: 'monograph-main' },
                section('orders.lines', orderLines(found)),
                labelled && section('orders.labels', labelPanel(found, read)),
                section('orders.findings', orderFindings(found, read)),
            ),
            el(
                'aside',
                { class: 'monograph-side' },
                section('orders.stops', stops),
                section('returns.title', orderReturns(found, reasons.returned, read)),
                supply(found.supply),
                section('orders.way', wayList(found.way), events(found.events)),
                passedOver(found.passed_over),
                section('exit.title', orderExits(found, reasons, read)),
            ),
        ),
    );
}

// Without lots there is nothing to print yet.
const isOnPaper = (order) => !['entered', 'short', 'cancelled', 'rejected'].includes(order.state);

// What can be printed of it. Looking counts no copy.
function papers(order) {
    const path = labelPath(order);
    return el(
        'div',
        { class: 'papers' },
        may('pharmacist', 'staff') && el('a', { class: 'btn btn-quiet', href: `${orderAddress(order.id)}/trace` }, icon('fork'), t('trace.order_link')),
        el(
            'a',
            { class: 'btn btn-quiet', href: `${path}?kind=patient`, download: '' },
            icon('print'),
            t('orders.label'),
        ),
        el(
            'a',
            { class: 'btn btn-quiet', href: `${path}?kind=weigh-sheet`, download: '' },
            icon('print'),
            t('orders.weigh_sheet'),
        ),
    );
}

const labelPath = (order) => `/api/v1/orders/${order.id}/label`;

// How far it is: each state it went through, with who brought it there.
function steps(order, happened) {
    const way = STATES.filter(
        (state) => (EXITS.includes(order.state) ? [order.state, 'entered'].includes(state) : !EXITS.includes(state) && (state !== 'short' || order.state === 'short')),
    );
    const reached = way.indexOf(order.state);
    return el(
        'ol',
        { class: 'steps' },
        way.map((state, i) => {
            const event = happened.find((one) => one.state === state);
            return el(
                'li',
                { class: i <= reached ? 'step step-done' : 'step', 'aria-current': i === reached ? 'step' : null },
                el('span', { class: 'step-name' }, word('order', state)),
                event && el('span', { class: 'step-who' }, event.by),
            );
        }),
    );
}

function facts(order) {
    return factList(
        [
            ['orders.form', word('form', order.dosage_form)],
            ['orders.course', t('orders.days', { days: order.days, doses: order.doses_per_day })],
            ['orders.packets', order.packets ? String(order.packets) : ''],
            ['orders.total', gramsOf(order.total_mg)],
            ['orders.prescriber', order.prescriber_name],
            [
                'orders.reserved_until',
                order.state === 'allocated' && order.reserved_until && clock(new Date(order.reserved_until)),
            ],
            ['orders.beyond_use', order.beyond_use_on && day(order.beyond_use_on)],
            ['orders.received_by', order.received_by],
            ['orders.payment', payment(order)],
        ],
        'property-strip',
    );
}

// Whether it is paid, and the way to the counter.
const payment = (order) => [
    word('payment', order.payment),
    order.payment === 'unpaid' && !EXITS.includes(order.state) && may('pharmacist', 'staff') && [' · ', el('a', { href: payAddress(order.id) }, t('counter.to_counter'))],
];

// Why it ended before it was handed over, and what was entered in its place.
function exit(order) {
    const reason = order.rejected_reason ?? order.wasted_reason;
    if (!reason && !order.replaces_id && !order.replaced_by_id) return null;
    const link = (id) => el('a', { href: orderAddress(id) }, `#${id}`);
    return factList(
        [
            ['orders.reason', reason && word('order_exit', reason)],
            ['work.note', order.rejected_note ?? order.wasted_note],
            ['orders.by', order.rejected_by ?? order.wasted_by],
            ['orders.replaces', order.replaces_id && link(order.replaces_id)],
            ['orders.replaced_by', order.replaced_by_id && link(order.replaced_by_id)],
        ],
        'property-strip',
    );
}

// What of the prescription was ordered, what is owed, and when it may be filled again.
function supply(all) {
    if (!all || (!all.packets_owed && !all.refills)) return null;
    return section(
        'orders.supply',
        factList([
            [
                'orders.supply_no',
                all.supply_no ? t('orders.refill', { n: all.supply_no, all: all.refills }) : t('orders.first'),
            ],
            ['orders.packets', t('orders.ordered_of', { n: all.packets_ordered, all: all.packets })],
            ['orders.owed', all.packets_owed ? String(all.packets_owed) : ''],
            ['orders.refills_left', all.refills ? String(all.refills_left) : ''],
            ['orders.next_due', all.next_due_on && day(all.next_due_on)],
        ]),
    );
}

// Every step of the way, those still to come in grey.
function wayList(way) {
    return el(
        'ol',
        { class: 'way' },
        way.map((step) =>
            el(
                'li',
                { class: step.at ? 'way-done' : '' },
                el('span', null, word('way', step.step)),
                step.at &&
                    el('span', { class: 'quiet' }, [step.by, clock(new Date(step.at))].filter(Boolean).join(' · ')),
            ),
        ),
    );
}

function events(happened) {
    return el(
        'details',
        { class: 'rest' },
        el('summary', null, icon('chevron'), t('orders.events')),
        happenedList(happened.map(({ event, state, note, by, at }) => ({ text: [word('order', event || state), note].filter(Boolean).join(' · '), by, at }))),
    );
}
