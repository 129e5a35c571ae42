// The prescriber's answers to critical findings: a coded reason for each, with a note; all at once.

import { get, send } from '/api.js';
import { el } from '/dom.js';
import { t } from '/i18n.js';
import { field, form, selectInput, textInput } from '/parts/form.js';
import { findingTitle, severityBadge } from '/parts/findings.js';
import { offerFocus } from '/parts/pieces.js';

// Filled in once the reasons are known.
export function answerForm({ order, screening, findings }, changed) {
    const open = findings.filter(({ critical, answer }) => critical && !answer);
    const place = el('div', { class: 'answer-form' });
    const fill = async () => {
        const { rows } = await get('/api/v1/answer-reasons');
        place.append(formFor(order, screening, open, rows, changed));
        offerFocus(place);
    };

    fill().catch((problem) => place.append(el('p', { class: 'form-message' }, problem.message)));
    return place;
}

function formFor(order, screening, open, reasons, changed) {
    const choices = [['', t('next.choose')], ...reasons.map(({ code, english }) => [code, english])];
    const rows = open.map((finding) => ({
        finding,
        reason: field(`reason-${finding.finding_no}`, 'stop.reason', selectInput('', choices), { needed: true }),
        note: field(`note-${finding.finding_no}`, 'work.note', textInput('', { maxlength: '500' })),
    }));
    const act = async () => {
        const answers = rows.map(({ finding, reason, note }) => ({
            finding_no: finding.finding_no,
            reason: reason.input.value,
            ...(note.input.value.trim() && { note: note.input.value.trim() }),
        }));
        await send('POST', `/api/v1/prescriptions/${order.prescription_id}/answers`, { screening_id: screening.id, answers });
        await changed();
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main next-go' }, t('next.do_answer'));
    return form('next-form', rows.flatMap(({ reason, note }) => [reason, note]), [button], act, rows.map(rowNode));
}

function rowNode({ finding, reason, note }) {
    return el(
        'div',
        { class: 'answer-row' },
        el('p', null, severityBadge(finding.severity), ' ', el('span', { class: 'strong' }, findingTitle(finding))),
        finding.action && el('p', { class: 'quiet' }, finding.action),
        el('div', { class: 'form-grid' }, reason.node, note.node),
    );
}
