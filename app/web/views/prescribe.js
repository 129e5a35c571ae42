// Putting a prescription together: a patient, formulas and herbs into one box, and what that comes to at once: doses, stock, price, how it
// differs from the classics, what is found for this patient. Stored, it goes on to answers and signature.

import { query, send } from '/api.js';
import { debounce, el, icon, replace } from '/dom.js';
import { t, word } from '/i18n.js';
import { prescriptionAddress } from '/router.js';
import { field, form, selectInput, showProblem, textArea, textInput } from '/parts/form.js';
import { milligrams } from '/parts/grams.js';
import { readAll } from '/parts/lexicon.js';
import { patientSearch } from '/parts/patient_search.js';
import { pageHead } from '/parts/pieces.js';
import { addTo, asked, forgetDraft, isReady, meant, removeFrom, theDraft } from '/parts/prescribe_draft.js';
import { paperBox, paperHead, paperJob, storeFromPaper } from '/parts/prescribe_paper.js';
import { composition, differences, foundIn } from '/parts/prescribe_result.js';
import { explain } from '/parts/states.js';

const ASK_AFTER_MS = 250;
const FORMS = ['raw_decoction', 'decocted_liquid', 'granule', 'granule_sachet', 'powder', 'honey_pill', 'water_pill', 'concentrated_pill', 'capsule'];
const MERGES = ['highest', 'sum', 'keep_first', 'ask'];

export async function viewPrescribe(_, signal) {
    await Promise.all([readAll('herb', signal), readAll('formula', signal)]);
    const job = await paperJob(signal);
    const draft = job ? theDraft(job.about, job.begin) : theDraft();
    const result = el('div', { class: 'rx-result', 'aria-live': 'polite' });
    const chosen = el('ul', { class: 'chips rx-formulas' });
    const work = { draft, job, result, chosen, signal, fields: [], asked: 0 };
    work.changed = debounce(ASK_AFTER_MS, () => preview(work));
    const patient = job ? paperBox(job) : patientBox(work);
    const box = addBox(work);

    drawFormulas(work);
    await preview(work);
    return {
        title: t(job ? 'intake.entering' : 'rx.title'),
        focus: () => (draft.patient ? box.input : patient.querySelector('input')),
        node: el(
            'div',
            { class: 'rx' },
            job ? paperHead(job) : pageHead('rx.title', 'rx.lead'),
            el(
                'div',
                { class: 'check-columns' },
                el('div', { class: 'check-inputs' }, patient, el('section', { class: 'card-box' }, box.node, chosen), settings(work)),
                result,
            ),
        ),
    };
}

const nameOf = ({ name, code }) => `${name} · ${code}`;

// Who it is for: found by name, number or telephone.
function patientBox(work) {
    const input = textInput(work.draft.patient ? nameOf(work.draft.patient) : '', { maxlength: '120', spellcheck: 'false' });
    const one = field('patient_id', 'orders.patient', input, { needed: true, help: 'rx.patient_hint' });
    const choose = (row) => {
        work.draft.patient = row;
        input.value = nameOf(row);
        work.changed();
        document.querySelector('.rx-add input')?.focus();
    };
    work.fields.push(one);
    return el('section', { class: 'card-box' }, one.node, patientSearch(input, choose, work.signal));
}

// One box for formulas, and herbs with what is taken of them a day. Enter adds.
function addBox(work) {
    const which = el('div', { class: 'candidates' });
    const one = field('add', 'rx.add', textInput('', { maxlength: '160', spellcheck: 'false', placeholder: t('rx.add_example') }));
    const take = (row, mg) => {
        replace(which);
        if (row.kind === 'herb' && !mg) {
            one.error.textContent = t('rx.say_dose', { name: row.name });
            one.input.value = `${row.name.replace(/\p{Script=Han}+/gu, '').trim()} `;
        } else {
            addTo(work.draft, row, mg);
            one.input.value = '';
            drawFormulas(work);
            work.changed();
        }
        one.input.focus();
    };
    const add = async () => {
        const text = one.input.value.trim();
        if (!text) return;
        const { rows, mg } = await meant(text, work.signal);
        if (!rows.length) one.error.textContent = t('rx.unknown', { text });
        else if (rows.length === 1) take(rows[0], mg);
        else replace(which, el('p', null, t('rx.which')), rows.map((row) => candidate(row, () => take(row, mg))));
    };
    one.input.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        add().catch((problem) => (one.error.textContent = explain(problem)));
    });
    one.node.classList.add('rx-add');
    return { node: el('div', null, one.node, which), input: one.input };
}

const candidate = (row, choose) =>
    el('button', { type: 'button', class: 'candidate', on: { click: choose } }, el('span', { class: 'name-first' }, row.name), el('span', { class: 'quiet' }, word('rx_kind', row.kind)));

function drawFormulas({ draft, chosen, ...work }) {
    const drop = (id) => {
        draft.formulas = draft.formulas.filter((one) => one.id !== id);
        drawFormulas({ draft, chosen, ...work });
        work.changed();
    };
    replace(
        chosen,
        draft.formulas.map(({ id, name }) =>
            el('li', { class: 'rx-formula' }, name, el('button', { type: 'button', class: 'entry-remove', 'aria-label': t('field.remove', { name }), on: { click: () => drop(id) } }, icon('close'))),
        ),
    );
}

function settings(work) {
    const { draft } = work;
    const made = [
        field('dosage_form', 'orders.form', selectInput(draft.dosage_form, FORMS.map((one) => [one, word('form', one)]))),
        field('days', 'rx.days', textInput(draft.days, { inputmode: 'numeric', maxlength: '3' })),
        field('doses_per_day', 'rx.doses', textInput(draft.doses_per_day, { inputmode: 'numeric', maxlength: '2' })),
        field('packets', 'orders.packets', textInput(draft.packets, { inputmode: 'numeric', maxlength: '4', placeholder: t('rx.as_packed') })),
        field('refills', 'rx.refills', textInput(draft.refills, { inputmode: 'numeric', maxlength: '2' })),
        field('refill_interval_days', 'rx.refill_days', textInput(draft.refill_interval_days, { inputmode: 'numeric', maxlength: '3' })),
        field('merge_rule', 'rx.merge', selectInput(draft.merge_rule, MERGES.map((one) => [one, word('rx_merge', one)])), { wide: true }),
        field('directions', 'rx.directions', textArea(draft.directions, { maxlength: '400' }), { wide: true }),
        field('indication', 'rx.indication', textInput(draft.indication, { maxlength: '200' }), { wide: true }),
    ];
    for (const one of made)
        one.input.addEventListener('input', () => {
            draft[one.name] = one.input.value;
            work.changed();
        });
    work.fields.push(...made);
    const button = el('button', { type: 'submit', class: 'btn btn-main btn-wide' }, t(work.job ? 'intake.store' : 'rx.store'));
    const act = async () => {
        if (work.job) return storeFromPaper(work.job, draft);
        if (!draft.patient) throw { errors: [{ field: 'patient_id', rule: t('rx.no_patient') }] };
        const stored = await send('POST', '/api/v1/prescriptions', asked(draft));
        forgetDraft();
        location.hash = prescriptionAddress(stored.id);
        return undefined;
    };
    return form('card-box next-form', work.fields, [button], act, el('div', { class: 'form-grid' }, made.map(({ node }) => node)));
}

// The newest question's answer is shown; what hinders is said at its field.
async function preview(work) {
    const { draft, result, fields, signal } = work;
    if (!isReady(draft)) return replace(result, el('p', { class: 'empty' }, t(work.job ? 'intake.entry_empty' : 'rx.empty')));
    const number = ++work.asked;
    const message = el('p', { class: 'form-message', role: 'alert', tabindex: '-1' });
    try {
        const made = await query('/api/v1/prescriptions/preview', asked(draft), { signal });
        if (number === work.asked) drawMade(work, made);
    } catch (problem) {
        if (signal.aborted || number !== work.asked) return undefined;
        const focused = document.activeElement;
        replace(result, message);
        showProblem(problem, fields, message);
        focused?.focus();
    }
    return undefined;
}

function drawMade(work, made) {
    const at = document.activeElement?.dataset?.dose;
    for (const one of work.fields) one.error.textContent = '';
    const edit = {
        dose(item, input) {
            const mg = milligrams(input.value);
            if (!mg) input.setAttribute('aria-invalid', 'true');
            else {
                addTo(work.draft, { kind: 'herb', id: item.herb_id }, mg);
                work.changed();
            }
        },
        remove(item) {
            removeFrom(work.draft, item);
            work.changed();
        },
    };
    replace(work.result, composition(made, edit), differences(made.differences), foundIn(made.findings));
    if (at) work.result.querySelector(`[data-dose='${CSS.escape(at)}']`)?.focus();
}
