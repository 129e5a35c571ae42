// A sale that is over: the change, the receipt on paper or as a file, orders to hand over, what came back, and the next customer.

import { el, icon } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { orderAddress } from '/router.js';
import { moneyText } from '/parts/money.js';
import { sums } from '/parts/counter_lines.js';
import { receiptPanel } from '/parts/counter_receipt.js';
import { nameOfLine, reasonName, tenderName } from '/parts/counter_sale.js';

export function paidCard(s) {
    const { ticket, tenders, refunds } = s.sold;
    return el(
        'section',
        { class: 'card-box counter-pay counter-paid', 'aria-label': t('counter.payment') },
        ticket.receipt_no && el('p', { class: 'counter-receipt-no' }, icon('check'), ' ', t('counter.receipt_no', { no: ticket.receipt_no })),
        tenders.filter(({ change_cents: back }) => back > 0).map(changeNode),
        nextButton(s),
        ticket.receipt_no && [sums(s), tenderList(s)],
        handOvers(s),
        ticket.receipt_no && receiptPanel(s.sold.ticket),
        refunds.length > 0 && refundList(s),
    );
}

// Until the next sale begins, the change stays large: it is being counted out.
const changeNode = (tender) => el('div', { class: 'counter-change' }, el('p', null, t('counter.change')), el('p', { class: 'counter-change-sum' }, moneyText(tender.change_cents)));

function nextButton(s) {
    const next = () => {
        s.fresh();
        s.begin();
    };
    return el('button', { type: 'button', class: 'btn btn-main btn-wide counter-go next-go', on: { click: next } }, t('counter.next'), ' ', el('kbd', { class: 'key' }, t('bench.enter')));
}

function tenderList(s) {
    const { tenders, ticket } = s.sold;
    return el(
        'ul',
        { class: 'counter-effects' },
        tenders.map((one) =>
            el(
                'li',
                null,
                el('span', null, tenderName(s, one.kind), one.reference && el('span', { class: 'quiet' }, ` ${one.reference}`)),
                el('span', { class: 'amount' }, moneyText(one.amount_cents)),
                one.change_cents > 0 && el('span', { class: 'quiet' }, t('counter.given_change', { given: moneyText(one.given_cents), change: moneyText(one.change_cents) })),
            ),
        ),
        el('li', null, el('span', { class: 'quiet' }, [ticket.paid_by, clock(new Date(ticket.paid_at))].join(' · '))),
    );
}

function handOvers(s) {
    const orders = s.sold.lines.filter((line) => line.order_id);
    if (!orders.length) return null;
    return el('p', { class: 'form-buttons' }, orders.map((line) => el('a', { class: 'btn btn-quiet', href: orderAddress(line.order_id) }, icon('basket'), nameOfLine(line))));
}

const asRows = (list) => (typeof list === 'string' ? JSON.parse(list) : (list ?? []));

function refundList(s) {
    return el(
        'div',
        null,
        el('h2', { class: 'counter-head' }, t('counter.refunds')),
        el(
            'ul',
            { class: 'counter-effects' },
            s.sold.refunds.map((one) =>
                el(
                    'li',
                    { 'data-refund': one.refund_no },
                    el('span', null, word('ticket_refund', one.kind), ' ', asRows(one.tenders).map((tender) => tenderName(s, tender.kind)).join(', ')),
                    el('span', { class: 'amount' }, `−${moneyText(one.total_cents)}`),
                    el('span', { class: 'quiet' }, [reasonName(s, one.reason), one.note, t('counter.receipt_no', { no: one.receipt_no }), one.refunded_by, day(one.refunded_at)].filter(Boolean).join(' · ')),
                ),
            ),
        ),
    );
}
