// The next step of a prescription written elsewhere, with what takes it for whoever may, and why not for the others; and the ways out
// beside it: asking the prescriber, refusing the paper.

import { send } from '/api.js';
import { el, icon } from '/dom.js';
import { clock, t } from '/i18n.js';
import { prescriptionAddress } from '/router.js';
import { may } from '/session.js';
import { answerForm as findingsForm } from '/parts/answer_form.js';
import { field, form, said, selectInput, textArea } from '/parts/form.js';
import { attachPages, pageField } from '/parts/intake_paper.js';
import { answerForm, askForm } from '/parts/intake_queries.js';
import { stepOf, whoTakes } from '/parts/intake_steps.js';
import { tool } from '/parts/order_stops.js';

const FORMS = {
    attach: attachForm,
    enter: enterLink,
    correct: enterLink,
    hear: answerForm,
    refuse: (found) => rejectForm(found, true),
    screen: screenForm,
    answer: findingsStep,
    compare: compareForms,
};

export function nextCard(found) {
    const { intake, prescription } = found;
    const step = stepOf(intake, prescription);
    if (!step) return standing(found);
    const taker = whoTakes(step, intake);
    return el(
        'section',
        { class: 'next card-box', 'aria-labelledby': 'next-step', 'data-step': step },
        el('div', { class: 'next-head' }, el('p', { class: 'next-kicker' }, t('next.kicker')), el('h2', { id: 'next-step' }, t(`intake.step_${step}`)), el('p', { class: 'quiet' }, icon('person'), ' ', taker.who)),
        el('p', null, t(`intake.about_${step}`)),
        taker.may ? FORMS[step](found) : el('p', { class: 'next-why', role: 'note' }, icon('eye'), ' ', taker.why),
    );
}

// The way is over: refused, or standing as signed.
function standing({ intake, prescription, reasons }) {
    const words = (name, at) => `${name} · ${clock(new Date(at))}`;
    if (intake.state === 'rejected') {
        const reason = reasons.find(([code]) => code === intake.rejected_reason)?.[1] ?? intake.rejected_reason;
        return el('p', { class: 'form-message', role: 'note' }, icon('contraindicated'), ' ', [t('intake.refused', { reason }), intake.rejected_note, words(intake.rejected_by, intake.rejected_at)].filter(Boolean).join(' · '));
    }
    return el(
        'section',
        { class: 'next card-box' },
        el('p', { class: 'bench-accepted', role: 'note' }, icon('check'), ' ', t('intake.stands', { name: intake.checked_by })),
        el('a', { class: 'btn btn-main next-go', href: prescriptionAddress(prescription.id) }, t('intake.to_order')),
    );
}

function attachForm({ intake, changed }) {
    const file = pageField();
    const keys = new Map();
    file.input.classList.add('next-go');
    return form('next-form', [file], [submit('intake.add_page')], async () => {
        await attachPages(intake.id, [...file.input.files], keys);
        await changed();
    }, file.node);
}

const submit = (key, kind = 'btn-main') => el('button', { type: 'submit', class: `btn ${kind}` }, t(key));

function enterLink({ intake }) {
    return el('a', { class: 'btn btn-main next-go', href: `#/prescribe?intake=${intake.id}` }, icon('pen'), t(intake.prescription_id ? 'intake.do_correct' : 'intake.do_enter'));
}

function screenForm({ prescription, changed }) {
    const button = submit('orders.screen_again');
    button.classList.add('next-go');
    return form('next-form', [], [button], async () => {
        await send('POST', `/api/v1/prescriptions/${prescription.id}/screenings`);
        await changed();
    });
}

// Critical findings are the prescriber's to answer: she is asked first, and then what she said is put into the coded answers.
function findingsStep(found) {
    const { prescription, queries, changed } = found;
    const { screening, findings } = prescription;
    const heard = queries.some((query) => query.screening_id === screening.id && query.verdict === 'as_written');
    if (!heard) return [el('p', { class: 'strong' }, t('intake.ask_first')), askForm(found, true)];
    return findingsForm({ order: { prescription_id: prescription.id }, screening, findings }, changed);
}

function compareForms({ path, changed }) {
    const matches = submit('intake.do_match');
    const note = field('note', 'intake.where', textArea(''), { needed: true, wide: true });
    const check = (body) => async () => {
        await send('POST', `${path}/check`, body());
        await changed();
    };
    matches.classList.add('next-go');
    return [form('next-form', [], [matches], check(() => ({ matches: true }))), tool('intake.do_differ', [note], 'btn-stop', check(() => ({ matches: false, ...said([note]) })))];
}

function rejectForm({ path, reasons, changed }, isNext) {
    const fields = [
        field('reason', 'stop.reason', selectInput(isNext ? 'prescriber_withdrew' : '', [['', t('next.choose')], ...reasons]), { needed: true }),
        field('note', 'work.note', textArea('', { maxlength: '500' }), { wide: true }),
    ];
    const act = async () => {
        await send('POST', `${path}/reject`, said(fields));
        await changed();
    };
    if (!isNext) return tool('intake.reject', fields, 'btn-stop', act);
    fields[0].input.classList.add('next-go');
    return form('next-form', fields, [submit('intake.reject', 'btn-stop')], act, el('div', { class: 'form-grid' }, fields.map(({ node }) => node)));
}

// What can be done besides the next step, while the paper does not stand as signed.
export function otherTools(found) {
    const { intake, prescription, queries } = found;
    const step = stepOf(intake, prescription);
    if (!step || !may('pharmacist')) return null;
    const asksNow = step === 'answer' && !queries.some((query) => query.screening_id === prescription.screening.id && query.verdict === 'as_written');
    return el(
        'div',
        { class: 'intake-tools' },
        !asksNow && el('details', { class: 'rest stop-tool' }, el('summary', null, icon('chevron'), t('stop.ask')), askForm(found, false)),
        step !== 'refuse' && rejectForm(found, false),
    );
}
