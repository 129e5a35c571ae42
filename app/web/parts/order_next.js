// The step an order waits for: what it is, who may take it and why not the reader, and the form that takes it. The bench's own
// steps are a link to the bench.

import { send } from '/api.js';
import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { benchAddress, payAddress } from '/router.js';
import { answerForm } from '/parts/answer_form.js';
import { findingTitle, severityBadge } from '/parts/findings.js';
import { field, form, said, textArea, textInput } from '/parts/form.js';
import { gramsText, isCounted } from '/parts/grams.js';
import { decoctForm } from '/parts/order_decoct.js';
import { answerNode } from '/parts/order_findings.js';
import { labelPanel } from '/parts/order_label.js';
import { shortForm } from '/parts/order_short.js';
import { AT_THE_BENCH, nextStep, unread, whoMay } from '/parts/order_steps.js';

const FORMS = {
    allocate: allocateForm,
    short: shortForm,
    screen: screenForm,
    answer: answerForm,
    release: releaseForm,
    decoct: decoctForm,
    label: labelPanel,
    check: checkForm,
    handover: handoverForm,
};

// Nothing when the way is over. `changed` reads the order anew.
export function nextPanel(found, changed) {
    const step = nextStep(found);
    if (!step) return null;
    const { may, who, why } = whoMay(step, found);
    return el(
        'section',
        { class: `next card-box next-${step}`, 'aria-labelledby': 'next-step' },
        el(
            'div',
            { class: 'next-head' },
            el('p', { class: 'next-kicker' }, t('next.kicker')),
            el('h2', { id: 'next-step' }, t(`next.${step}`)),
            step !== 'stopped' && el('p', { class: 'quiet' }, icon('person'), ' ', who),
        ),
        el('p', { class: 'next-about' }, t(`next.about_${step}`)),
        why && el('p', { class: 'next-why', role: 'note' }, icon('major'), ' ', why),
        AT_THE_BENCH.includes(step) ? benchLink(found.order, may) : may && FORMS[step]?.(found, changed),
    );
}

// Looking is open to whoever works at the bench: the second person has her own things to do there.
function benchLink(order, may) {
    return el(
        'p',
        null,
        el('a', { class: `btn ${may ? 'btn-main' : 'btn-quiet'} next-go`, href: benchAddress(order.id) }, icon('scale'), t('next.to_the_bench')),
    );
}

const path = (order, step) => `/api/v1/orders/${order.id}/${step}`;

function go(key) {
    return el('button', { type: 'submit', class: 'btn btn-main next-go' }, t(key));
}

function stepForm(key, fields, act, ...content) {
    const grid = fields.length > 0 && el('div', { class: 'form-grid' }, fields.map(({ node }) => node));
    return form('next-form', fields, [go(key)], act, content, grid);
}

function allocateForm({ order }, changed) {
    return stepForm('next.do_allocate', [], async () => {
        await send('POST', path(order, 'allocation'), {});
        await changed();
    });
}

function screenForm({ order }, changed) {
    return stepForm('orders.screen_again', [], async () => {
        await send('POST', path(order, 'screening'));
        await changed();
    });
}

// The prescriber's answers are read before the order goes on: by law, and by a tick.
function releaseForm(found, changed) {
    const { order, screening } = found;
    const waiting = unread(found);
    const read = waiting.length > 0 && tickField('read', 'next.have_read');
    const list = el(
        'ol',
        { class: 'answers' },
        waiting.map((finding) =>
            el(
                'li',
                null,
                el('p', null, severityBadge(finding.severity), ' ', el('span', { class: 'strong' }, findingTitle(finding))),
                answerNode(finding.answer),
            ),
        ),
    );
    const act = async () => {
        if (waiting.length)
            await send('POST', `/api/v1/prescriptions/${order.prescription_id}/acknowledgements`, { screening_id: screening.id });
        await send('POST', path(order, 'release'));
        await changed();
    };
    return stepForm('next.do_release', read ? [read] : [], act, waiting.length > 0 && list);
}

// What the one who checks compares, in figures, before she says so.
function checkForm({ order, bench, lots }, changed) {
    const fields = [field('note', 'next.check_note', textArea(''), { wide: true })];
    const accepted = lots.filter(({ approved_by: name }) => name);
    const herbs = lots.filter((lot) => !isCounted(lot));
    const weighed = herbs.reduce((sum, lot) => sum + (lot.weighed_mg ?? 0), 0);
    const planned = herbs.reduce((sum, lot) => sum + lot.planned_mg, 0);
    const facts = [
        t('next.sum', { weighed: gramsText(weighed), planned: gramsText(planned), off: signed(weighed - planned) }),
        bench.looked_at > 0 && t('next.looked_at', { n: bench.looked_at, all: bench.lots }),
        ...accepted.map((lot) => t('next.accepted', { herb: lot.pinyin, mg: gramsText(lot.weighed_mg), name: lot.approved_by })),
        bench.packets_wanted > 0 && t('next.packets_weighed', { n: bench.packets_done, all: bench.packets_wanted }),
        t('next.copies', { n: bench.label_copies }),
    ].filter(Boolean);
    const act = async () => {
        await send('POST', path(order, 'check'), said(fields));
        await changed();
    };
    return stepForm('next.do_check', fields, act, el('ul', { class: 'bullets' }, facts.map((fact) => el('li', null, fact))));
}

const signed = (mg) => `${mg < 0 ? '−' : mg > 0 ? '+' : '±'}${gramsText(Math.abs(mg))}`;

function handoverForm(found, changed) {
    const { order, findings } = found;
    const told = findings.filter(({ answer }) => answer?.counselling).map(({ answer }) => answer.counselling);
    const needed = findings.some(({ answer }) => answer);
    const received = field('received_by', 'orders.received_by', textInput(order.patient_name, { maxlength: '120' }), { needed: true });
    const counselled = needed && tickField('counselled', 'next.counselled');
    const act = async () => {
        await send('POST', path(order, 'handover'), { received_by: received.input.value.trim(), counselled: !needed || counselled.input.checked });
        await changed();
    };
    return stepForm(
        'next.do_handover',
        [received, counselled].filter(Boolean),
        act,
        needed && el('p', { class: 'strong' }, t('next.tell')),
        told.length > 0 && el('ul', { class: 'bullets bullets-warn' }, [...new Set(told)].map((one) => el('li', null, one))),
        order.payment === 'unpaid' && el('p', { class: 'quiet' }, t('next.unpaid'), ' ', el('a', { href: payAddress(order.id) }, t('counter.to_counter'))),
    );
}

// A box that must be ticked: its value is empty until then, so that the form asks for it.
function tickField(name, key) {
    const input = el('input', { type: 'checkbox', class: 'tick' });
    const made = field(name, key, input, { needed: true, wide: true });
    const follow = () => (input.value = input.checked ? 'yes' : '');
    made.node.classList.add('field-tick');
    input.addEventListener('change', follow);
    follow();
    return made;
}
