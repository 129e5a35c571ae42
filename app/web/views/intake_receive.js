// A prescription from elsewhere comes in: whose it is, who wrote it and under what number, and the paper itself as pictures or PDF.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t, word } from '/i18n.js';
import { may } from '/session.js';
import { dateInput, field, form, said, selectInput, textArea, textInput, wrongAt } from '/parts/form.js';
import { attachPages, pageField } from '/parts/intake_paper.js';
import { intakeAddress } from '/parts/intake_steps.js';
import { patientSearch } from '/parts/patient_search.js';
import { pageHead, trail } from '/parts/pieces.js';

const WAYS = ['paper', 'fax', 'photo', 'email'];

export async function viewIntakeReceive(_, signal) {
    const { rows } = await get('/api/v1/intakes', { signal });
    const parts = { patient: patientPart(signal), prescriber: prescriberPart(rows), paper: paperPart() };
    const allowed = may('pharmacist', 'staff');
    return {
        title: t('intakes.receive'),
        focus: () => allowed && parts.patient.field.input,
        node: el(
            'div',
            { class: 'browse intake-receive' },
            trail('nav.intakes', '#/intakes', t('intakes.receive')),
            pageHead('intakes.receive', 'intake.receive_lead'),
            allowed ? receiveForm(parts) : el('p', { class: 'next-why', role: 'note' }, icon('eye'), ' ', t('intake.receive_not_yours')),
        ),
    };
}

function receiveForm({ patient, prescriber, paper }) {
    const fields = [patient.field, ...prescriber.fields, ...paper.fields];
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, icon('upload'), t('intake.do_receive'));
    const received = el('div', { role: 'status' });
    const key = newKey();
    const keys = new Map();
    let made = null;
    const act = async () => {
        if (!made && !patient.chosen()) throw wrongAt(patient.field, t('rx.no_patient'));
        made ??= await send('POST', '/api/v1/intakes', bodyOf(patient, prescriber, paper), { key }).catch(atItsBox);
        const files = [...paper.file.input.files];
        try {
            await attachPages(made.id, files, keys);
        } catch (problem) {
            for (const one of fields) one.input.disabled = one !== paper.file;
            replace(received, el('p', { class: 'form-message' }, t('intake.received_without'), ' ', el('a', { href: intakeAddress(made.id) }, t('intake.number', { id: made.id }))));
            throw problem;
        }
        location.hash = intakeAddress(made.id);
    };
    return form(
        'next-form',
        fields,
        [button],
        act,
        el('section', { class: 'card-box' }, patient.field.node, patient.found),
        el('section', { class: 'card-box' }, el('h2', null, t('intake.paper')), el('div', { class: 'form-grid' }, paper.fields.map(({ node }) => node))),
        el('section', { class: 'card-box' }, el('h2', null, t('intake.prescriber')), el('div', { class: 'form-grid' }, prescriber.fields.map(({ node }) => node))),
        received,
    );
}

// "prescriber.name" is said at the box of the name.
function atItsBox(problem) {
    for (const error of problem.errors ?? []) error.field = error.field?.replace(/^prescriber\./, '');
    throw problem;
}

function bodyOf(patient, prescriber, paper) {
    const { file, ...about } = said(paper.fields);
    return { patient_id: patient.chosen().id, prescriber: said(prescriber.fields), ...about };
}

function patientPart(signal) {
    const input = textInput('', { maxlength: '120', spellcheck: 'false' });
    const one = field('patient_id', 'orders.patient', input, { needed: true, help: 'rx.patient_hint' });
    let chosen = null;
    const choose = (row) => {
        chosen = row;
        input.value = `${row.name} · ${row.code}`;
        document.querySelector('main input[name=file]')?.focus();
    };
    input.addEventListener('input', () => (chosen = null));
    input.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault());
    return { field: one, found: patientSearch(input, choose, signal), chosen: () => chosen };
}

// One who wrote before is offered by name; the rest is filled in then.
function prescriberPart(rows) {
    const known = new Map(rows.map((row) => [`${row.prescriber_name} · ${row.registered_with} ${row.prescriber_registration}`, row]).reverse());
    const list = el('datalist', { id: 'known-prescribers' }, [...known.keys()].map((value) => el('option', { value })));
    const name = Object.assign(textInput('', { maxlength: '200', list: list.id, spellcheck: 'false' }), { suggestions: list });
    const fields = [
        field('name', 'intake.prescriber_name', name, { needed: true }),
        field('registration', 'intake.registration', textInput('', { maxlength: '60' }), { needed: true }),
        field('registered_with', 'intake.registered_with', textInput('', { maxlength: '120' }), { needed: true, help: 'intake.registered_help' }),
        field('phone', 'intake.phone', textInput('', { maxlength: '40', inputmode: 'tel' }), { needed: true }),
        field('address', 'intake.address', textInput('', { maxlength: '300' }), { needed: true, wide: true }),
    ];
    name.addEventListener('input', () => {
        const row = known.get(name.value);
        if (!row) return;
        const values = [row.prescriber_name, row.prescriber_registration, row.registered_with, row.prescriber_phone, row.prescriber_address];
        fields.forEach(({ input }, i) => (input.value = values[i]));
    });
    return { fields };
}

function paperPart() {
    const file = pageField();
    const fields = [
        file,
        field('how', 'intake.how', selectInput('paper', WAYS.map((one) => [one, word('intake_how', one)]))),
        field('written_on', 'intake.written_on', dateInput(''), { needed: true }),
        field('number', 'intake.paper_number', textInput('', { maxlength: '60' }), { help: 'intake.number_help' }),
        field('note', 'work.note', textArea('', { maxlength: '500' }), { wide: true }),
    ];
    return { file, fields };
}
