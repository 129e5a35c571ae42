// A stored prescription: what it holds, what was found, the prescriber's answers and signature; then the order it becomes.

import { get, send } from '/api.js';
import { el, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { orderAddress } from '/router.js';
import { may } from '/session.js';
import { answerForm } from '/parts/answer_form.js';
import { form } from '/parts/form.js';
import { intakeAddress } from '/parts/intake_steps.js';
import { readAll } from '/parts/lexicon.js';
import { factList } from '/parts/monograph.js';
import { answerNode } from '/parts/order_findings.js';
import { trail } from '/parts/pieces.js';
import { composition, courseFacts, differences, foundIn } from '/parts/prescribe_result.js';

export async function viewPrescription({ id }, signal) {
    const node = el('div', { class: 'browse' });
    const ask = () => get(`/api/v1/prescriptions/${encodeURIComponent(id)}`, { signal });
    const show = (found) => replace(node, page(found, read));
    const read = async () => {
        show(await ask());
        node.querySelector('.next-go')?.focus();
    };
    const [found] = await Promise.all([ask(), readAll('herb', signal), readAll('formula', signal)]);

    show(found);
    return { title: t('rx.number', { id: found.id }), node, focus: () => node.querySelector('.next-go') };
}

function page(found, read) {
    const { patient, signature } = found;
    return el(
        'article',
        { class: 'monograph' },
        trail('rx.title', '#/prescribe', `#${found.id}`),
        el('h1', null, t('rx.number', { id: found.id }), ' ', signature && el('span', { class: 'tag tag-high' }, t('rx.signed'))),
        el('p', { class: 'monograph-third' }, [patient.name, patient.code].filter(Boolean).join(' · ')),
        found.intake_id && el('p', null, el('a', { href: intakeAddress(found.intake_id), class: 'row-link' }, t('intake.number', { id: found.intake_id })), ` · ${found.written_by}`),
        nextOf(found, read),
        factList(
            [
                ...courseFacts(found),
                ['rx.signed_by', signature && `${signature.signed_by} · ${clock(new Date(signature.signed_at))}`],
            ],
            'property-strip',
        ),
        composition(found),
        differences(found.differences),
        foundIn(found.findings, ({ answer, critical }) =>
            answer ? answerNode(answer) : critical && el('p', { class: 'answer answer-open' }, t('rx.unanswered')),
        ),
    );
}

// What it waits for: a fresh screening, answers, the signature, the order.
function nextOf(found, read) {
    const path = `/api/v1/prescriptions/${found.id}`;
    const { screening } = found;
    if (found.signature) return step('rx.to_order', null, button('rx.do_order', enter(found), may('practitioner', 'pharmacist', 'staff')));
    if (found.intake_id) return step('intake.goes_on', null, el('a', { class: 'btn btn-main next-go', href: intakeAddress(found.intake_id) }, t('intake.number', { id: found.intake_id })));
    if (!screening.current) return step('next.screen', 'next.about_screen', button('orders.screen_again', then(() => send('POST', `${path}/screenings`), read), true));
    if (screening.answered_count < screening.critical_count)
        return step('next.answer', 'next.about_answer', answerForm({ order: { prescription_id: found.id }, screening, findings: found.findings }, read));
    const sign = then(() => send('POST', `${path}/signature`, { version: found.version }), read);
    return step('rx.sign', may('practitioner') ? 'rx.about_sign' : 'rx.not_yours', button('rx.do_sign', sign, may('practitioner')));
}

const then = (act, read) => async () => {
    await act();
    await read();
};

const enter = (found) => async () => {
    const made = await send('POST', '/api/v1/orders', { prescription_id: found.id });
    location.hash = orderAddress(made.order.id);
};

function step(key, about, content) {
    return el(
        'section',
        { class: 'next card-box', 'aria-labelledby': 'next-step' },
        el('div', { class: 'next-head' }, el('p', { class: 'next-kicker' }, t('next.kicker')), el('h2', { id: 'next-step' }, t(key))),
        about && el('p', null, t(about)),
        content,
    );
}

function button(key, act, allowed) {
    return allowed && form('next-form', [], [el('button', { type: 'submit', class: 'btn btn-main next-go' }, t(key))], act);
}
