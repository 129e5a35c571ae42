// One prescription written elsewhere: whose step it is, its paper beside what was entered from it, the questions to its prescriber, and
// where it stands.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { prescriptionAddress } from '/router.js';
import { may } from '/session.js';
import { addPage, paperOf, readPages } from '/parts/intake_paper.js';
import { nextCard, otherTools } from '/parts/intake_next.js';
import { queryList } from '/parts/intake_queries.js';
import { stateTag, stepOf } from '/parts/intake_steps.js';
import { readAll } from '/parts/lexicon.js';
import { factList, section } from '/parts/monograph.js';
import { answerNode } from '/parts/order_findings.js';
import { orderReasons } from '/parts/order_stops.js';
import { fresh, thingHead, trail } from '/parts/pieces.js';
import { composition, courseFacts, differences, foundIn } from '/parts/prescribe_result.js';

export async function viewIntake({ id }, signal) {
    const node = el('div', { class: 'intake-body' });
    const path = `/api/v1/intakes/${encodeURIComponent(id)}`;
    const [reasons] = await Promise.all([orderReasons('reject_intake', signal), readAll('herb', signal), readAll('formula', signal)]);
    const ask = async () => {
        const intake = await get(path, { signal });
        const stored = intake.prescription_id ? get(`/api/v1/prescriptions/${intake.prescription_id}`, { signal }) : null;
        const [{ rows: queries }, pages, prescription] = await Promise.all([get(`${path}/queries`, { signal }), readPages(intake.id, signal), stored]);
        return { path, intake, queries, pages, prescription };
    };
    const shown = fresh(node, ask, (found) => replace(node, page({ ...found, reasons, changed })));
    const changed = async () => {
        await shown.read();
        (node.querySelector('.next-go') ?? document.getElementById('main')).focus();
    };
    const { intake } = await shown.read();

    readWhen(['change'], shown.readUnlessWriting, signal, about(['intake', 'prescription']));
    return { title: t('intake.number', { id: intake.id }), node: el('div', { class: 'browse' }, node), focus: () => node.querySelector('.next-go') };
}

function page(found) {
    const { intake, queries, pages, prescription } = found;
    return el(
        'article',
        { class: 'monograph intake' },
        trail('nav.intakes', '#/intakes', `#${intake.id}`),
        thingHead(
            el('h1', null, t('intake.number', { id: intake.id }), ' ', stateTag(intake)),
            el('p', { class: 'monograph-third' }, [intake.patient_name, intake.patient_code].join(' · ')),
        ),
        nextCard(found),
        facts(intake),
        el(
            'div',
            { class: 'intake-sides' },
            section('intake.paper', paperOf(pages), !isOver(intake) && may('pharmacist', 'staff') && pages.length > 0 && addPage(intake.id, found.changed)),
            section('intake.entry', prescription ? entry(intake, prescription) : el('p', { class: 'quiet' }, t('intake.not_entered'))),
        ),
        (queries.length > 0 || !isOver(intake)) && section('intake.queries', queryList(found), otherTools(found)),
        prescription && [differences(prescription.differences), foundIn(prescription.findings, ({ answer, critical }) => (answer ? answerNode(answer) : critical && el('p', { class: 'answer answer-open' }, t('rx.unanswered'))))],
    );
}

const isOver = (intake) => !stepOf(intake);

function facts(intake) {
    const by = (name, at) => name && `${name} · ${clock(new Date(at))}`;
    const phone = el('a', { class: 'phone', href: `tel:${intake.prescriber_phone.replace(/[^+\d]/g, '')}` }, intake.prescriber_phone);
    return factList(
        [
            ['intake.prescriber', [intake.prescriber_name, el('span', { class: 'row-below' }, `${intake.registered_with} ${intake.prescriber_registration}`)]],
            ['intake.phone', [phone, el('span', { class: 'row-below' }, intake.prescriber_address)]],
            ['intake.written_on', [day(intake.written_on), el('span', { class: 'row-below' }, [word('intake_how', intake.how), intake.number].filter(Boolean).join(' · '))]],
            ['intake.received', by(intake.received_by, intake.received_at)],
            ['intake.entered_by', by(intake.entered_by, intake.entered_at)],
            ['intake.compared_by', intake.checked_by && [by(intake.checked_by, intake.checked_at), intake.single_person && el('span', { class: 'row-below' }, t('intake.alone'))]],
            ['intake.replaces', intake.replaces_id && el('a', { href: `#/intakes/${intake.replaces_id}` }, `#${intake.replaces_id}`)],
            ['work.note', intake.note],
        ],
        'property-strip',
    );
}

// As it is compared: everything that was entered, and nothing else.
function entry(intake, prescription) {
    return [
        intake.matches === false && el('p', { class: 'next-why', role: 'note' }, icon('contraindicated'), ' ', t('intake.differed', { name: intake.checked_by, note: intake.check_note })),
        factList(courseFacts(prescription), 'property-strip intake-course'),
        prescription.formulas.length > 0 && el('p', null, prescription.formulas.map((one) => `${one.pinyin} ${one.hanzi}`).join(', ')),
        composition({ ...prescription, form: null }),
        !isOver(intake) && may('pharmacist') && el('p', null, el('a', { class: 'row-link', href: `#/prescribe?intake=${intake.id}` }, t('intake.mistake'))),
        el('p', null, el('a', { class: 'row-link', href: prescriptionAddress(prescription.id) }, t('rx.number', { id: prescription.id })), ' · ', t('intake.version', { n: prescription.version })),
    ];
}
