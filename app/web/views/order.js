// One order: how far it is and who did it, what keeps it where it stands, each herb with its lots and weights, the lots passed over
// and why, and the findings with the prescriber's answers.

import { get, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { orderAddress } from '/router.js';
import { findingCard } from '/parts/findings.js';
import { known, nameLink, readAll } from '/parts/lexicon.js';
import { factList, gramsOf, section } from '/parts/monograph.js';
import { orderReasons, orderStops } from '/parts/order_stops.js';
import { tableHead, trail } from '/parts/pieces.js';
import { explain } from '/parts/states.js';
import { STATES, stateTag } from '/views/orders.js';

export async function viewOrder({ id }, signal) {
    const node = el('div', { class: 'browse' });
    const [reasons] = await Promise.all([orderReasons('hold', signal), readAll('herb', signal), readAll('formula', signal)]);
    const read = async () => {
        const found = await get(`/api/v1/orders/${encodeURIComponent(id)}`, { signal });
        replace(node, page(found, reasons, read));
        return found.order;
    };
    // What somebody is writing is not taken from under her hands.
    const readUnlessWriting = async () => {
        if (node.querySelector('form :focus')) node.prepend(changedNotice(read));
        else await read();
    };
    const order = await read();

    readWhen(['order', 'work'], readUnlessWriting, signal, (event) => !event.order_id || event.order_id === order.id);
    return { title: `${t('orders.one')} #${order.id}`, node };
}

function changedNotice(read) {
    document.querySelector('.changed-notice')?.remove();
    return el(
        'p',
        { class: 'form-message changed-notice', role: 'status' },
        t('orders.changed'),
        ' ',
        el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: read } }, t('orders.show')),
    );
}

function page(found, reasons, read) {
    const { order } = found;
    const stops = orderStops(found, reasons, read);
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
        facts(order),
        exit(order),
        el(
            'div',
            { class: 'monograph-columns' },
            el(
                'div',
                { class: 'monograph-main' },
                section('orders.lines', lines(found)),
                section('orders.findings', findings(found, read)),
            ),
            el(
                'aside',
                { class: 'monograph-side' },
                section('orders.stops', stops),
                supply(found.supply),
                section('orders.way', wayList(found.way), events(found.events)),
                isOnPaper(order) && preview(order),
                passedOver(found.passed_over),
            ),
        ),
    );
}

// Without lots there is nothing to print yet.
const isOnPaper = (order) => !['entered', 'cancelled', 'rejected'].includes(order.state);

// Where an order ends without having been handed over.
const EXITS = ['cancelled', 'rejected', 'wasted'];

// What can be printed of it. Looking counts no copy.
function papers(order) {
    const path = labelPath(order);
    return el(
        'div',
        { class: 'papers' },
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

// The label as it would come out of the printer; nothing where it cannot be drawn.
function preview(order) {
    const picture = el('img', {
        class: 'label-preview',
        src: `${labelPath(order)}?format=png`,
        alt: t('orders.label_alt', { id: order.id }),
    });
    const part = section('orders.label', picture);
    picture.addEventListener('error', () => part.remove());
    return part;
}

// How far it is: each state it went through, with who brought it there.
function steps(order, happened) {
    const way = STATES.filter(
        (state) => (EXITS.includes(order.state) ? [order.state, 'entered'].includes(state) : !EXITS.includes(state)),
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
        ],
        'property-strip',
    );
}

function lines({ lines: wanted, lots }) {
    const heads = [
        ['formula.herb'],
        ['orders.wanted', 'amount'],
        ['orders.reserved', 'amount wide-only'],
        ['orders.weighed', 'amount'],
    ];
    return el(
        'table',
        { class: 'items' },
        tableHead(heads),
        wanted.map((line) =>
            lineBody(
                line,
                lots.filter((lot) => lot.line_no === line.line_no),
            ),
        ),
    );
}

// A herb and, below it, the lots it comes from.
function lineBody(line, lots) {
    return el(
        'tbody',
        null,
        el(
            'tr',
            null,
            el('th', { scope: 'row' }, known('herb', line.herb_id) ? nameLink('herb', line.herb_id) : line.pinyin),
            el('td', { class: 'amount' }, gramsOf(line.wanted_mg)),
            el('td', { class: 'amount wide-only' }, gramsOf(line.reserved_mg) || '–'),
            el('td', { class: 'amount' }, gramsOf(line.weighed_mg) || '–'),
        ),
        lots.map((lot) =>
            el(
                'tr',
                { class: 'lot' },
                el(
                    'td',
                    { colspan: '2' },
                    el('span', { class: 'lot-code' }, lot.lot_code),
                    ' ',
                    [lot.expires_on && t('orders.expires', { day: day(lot.expires_on) }), lot.location]
                        .filter(Boolean)
                        .join(' · '),
                    lot.approved_by &&
                        el('span', { class: 'tag tag-warn' }, t('orders.approved_by', { name: lot.approved_by })),
                ),
                el('td', { class: 'amount wide-only' }, gramsOf(lot.planned_mg)),
                el('td', { class: 'amount' }, gramsOf(lot.weighed_mg) || '–'),
            ),
        ),
    );
}

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

// The critical ones with their answers; the rest are listed on demand.
function findings({ order, findings: all, screening }, read) {
    const critical = all.filter((finding) => finding.critical);
    const rest = all.filter((finding) => !finding.critical);
    return [
        screening &&
            el(
                'p',
                { class: 'quiet' },
                t('orders.answered', { n: screening.answered_count, all: screening.critical_count }),
            ),
        screening &&
            !screening.stands &&
            !['handed_over', ...EXITS].includes(order.state) &&
            screenAgain(order, read),
        critical.length > 0 && el('ol', { class: 'findings' }, critical.map(answered)),
        rest.length > 0 &&
            el(
                'details',
                { class: 'rest' },
                el('summary', null, icon('chevron'), t('orders.other_findings', { n: rest.length })),
                el('ol', { class: 'findings' }, rest.map(answered)),
            ),
        !all.length && el('p', null, t('result.clear_title')),
    ];
}

function answered(finding) {
    const card = findingCard(finding);
    const { answer } = finding;
    if (answer)
        card.append(
            el(
                'p',
                { class: 'answer' },
                el('strong', null, answer.reason_english ?? answer.reason),
                answer.note && `: ${answer.note}`,
                el(
                    'span',
                    { class: 'answer-who' },
                    [
                        answer.answered_by,
                        answer.acknowledged_by && t('orders.read_by', { name: answer.acknowledged_by }),
                    ]
                        .filter(Boolean)
                        .join(' · '),
                ),
            ),
        );
    else if (finding.critical) card.append(el('p', { class: 'answer answer-open' }, t('orders.unanswered')));
    return card;
}

// The patient or the rule book changed: what is shown is no more what would be found.
function screenAgain(order, read) {
    const message = el('span', { class: 'field-error', role: 'alert' });
    const button = el('button', { type: 'button', class: 'btn btn-main btn-small' }, t('orders.screen_again'));
    button.addEventListener('click', async () => {
        button.disabled = true;
        try {
            await send('POST', `/api/v1/orders/${order.id}/screening`);
            await read();
        } catch (problem) {
            button.disabled = false;
            message.textContent = explain(problem);
        }
    });
    return el('p', { class: 'form-message changed-notice' }, t('orders.old_screening'), ' ', button, message);
}

function events(happened) {
    return el(
        'details',
        { class: 'rest' },
        el('summary', null, icon('chevron'), t('orders.events')),
        eventList(happened),
    );
}

function eventList(happened) {
    return el(
        'ol',
        { class: 'link-list' },
        happened.map((event) =>
            el(
                'li',
                null,
                el('span', null, word('order', event.event || event.state), event.note && ` · ${event.note}`),
                el('span', { class: 'quiet' }, [event.by, clock(new Date(event.at))].filter(Boolean).join(' · ')),
            ),
        ),
    );
}

function passedOver(lots) {
    if (!lots?.length) return null;
    return section(
        'orders.passed_over',
        el(
            'ul',
            { class: 'link-list' },
            lots.map((lot) =>
                el(
                    'li',
                    null,
                    el('span', null, lot.pinyin, ' ', el('span', { class: 'lot-code' }, lot.lot_code)),
                    el('span', { class: 'quiet' }, word('passed_over', lot.reason)),
                ),
            ),
        ),
    );
}
