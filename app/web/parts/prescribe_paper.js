// Putting together what a paper from elsewhere says: the address names the received prescription, the paper stands beside the boxes, and
// what is stored goes to it; when it was entered already, as the next version.

import { get, send } from '/api.js';
import { el, icon } from '/dom.js';
import { day, t } from '/i18n.js';
import { may } from '/session.js';
import { paperOf, readPages } from '/parts/intake_paper.js';
import { intakeAddress, whoTakes } from '/parts/intake_steps.js';
import { trail } from '/parts/pieces.js';
import { asked, draftOf, forgetDraft } from '/parts/prescribe_draft.js';

// "#/prescribe?intake=17": what is entered and how its draft begins; null without one.
export async function paperJob(signal) {
    const id = new URLSearchParams(location.hash.split('?')[1]).get('intake');
    if (!id) return null;
    const intake = await get(`/api/v1/intakes/${encodeURIComponent(id)}`, { signal });
    const stored = intake.prescription_id ? get(`/api/v1/prescriptions/${intake.prescription_id}`, { signal }) : null;
    const [pages, found] = await Promise.all([readPages(intake.id, signal), stored]);
    const patient = { id: intake.patient_id, code: intake.patient_code, name: intake.patient_name };
    const begin = () => ({ patient, ...(found && draftOf(found)) });
    return { intake, pages, found, begin, about: `intake ${intake.id} version ${found?.version ?? 0}` };
}

export async function storeFromPaper({ intake, found, about }, draft) {
    const { patient_id: patient, ...rest } = asked(draft);
    if (found) await send('POST', `/api/v1/prescriptions/${found.id}/versions`, { ...rest, seen_version: found.version });
    else await send('POST', `/api/v1/intakes/${intake.id}/prescription`, { ...rest, patient_id: patient });
    forgetDraft(about);
    location.hash = intakeAddress(intake.id);
}

export function paperHead({ intake, found }) {
    const title = t('intake.number', { id: intake.id });
    return el(
        'div',
        { class: 'intake-head' },
        trail('nav.intakes', '#/intakes', el('a', { href: intakeAddress(intake.id) }, `#${intake.id}`)),
        el('h1', null, t(found ? 'intake.correcting' : 'intake.entering')),
        el('p', { class: 'lead' }, [title, `${intake.patient_name} ${intake.patient_code}`, intake.prescriber_name, day(intake.written_on)].join(' · ')),
        !may('pharmacist') && el('p', { class: 'next-why', role: 'note' }, icon('eye'), ' ', whoTakes('enter', intake).why),
        intake.matches === false && el('p', { class: 'next-why', role: 'note' }, t('intake.differed', { name: intake.checked_by, note: intake.check_note })),
    );
}

export const paperBox = ({ pages }) => el('section', { class: 'card-box intake-paper' }, el('h2', null, t('intake.paper')), paperOf(pages));
