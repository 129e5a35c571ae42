// Which step a prescription written elsewhere waits for, who may take it, and why the reader may not. The service decides; this says it
// beforehand.

import { el } from '/dom.js';
import { t, word } from '/i18n.js';
import { may, person } from '/session.js';

const ROLES = { attach: ['pharmacist', 'staff'] };
const PHARMACIST = ['pharmacist'];

// The step of a row of the list; with its prescription it also is known whether the screening is still of this patient. null: the way is over.
export function stepOf(intake, prescription) {
    if (intake.state === 'signed' || intake.state === 'rejected') return null;
    if (intake.open_queries > 0) return 'hear';
    if (intake.withdrawn) return 'refuse';
    if (!intake.prescription_id) return intake.pages === 0 ? 'attach' : 'enter';
    if (intake.to_change || intake.matches === false) return 'correct';
    if (prescription && !prescription.screening?.current) return 'screen';
    return intake.unanswered > 0 ? 'answer' : 'compare';
}

// { may, who, why } as parts/order_steps.js has it: who takes the step, and why the reader cannot, '' when she can.
export function whoTakes(step, intake) {
    const roles = ROLES[step] ?? PHARMACIST;
    const names = roles.map((role) => word('staff', role)).join(t('next.or'));
    const other = step === 'compare' && !(intake.second_look_due && intake.entered_by_id === person().id);
    const who = other ? t('intake.who_other', { roles: names, name: intake.entered_by }) : t('next.anybody', { roles: names });
    if (!may(...roles)) {
        const yours = person().roles.map((role) => word('staff', role)).join(t('next.or'));
        return { may: false, who, why: t('next.not_your_role', { roles: names, yours }) };
    }
    const own = other && intake.entered_by_id === person().id;
    return { may: !own, who, why: own ? t('intake.not_you') : '' };
}

const TAGS = { signed: 'tag-high', rejected: 'tag-stop', queried: 'tag-warn' };

export const stateTag = ({ state }) => el('span', { class: `tag ${TAGS[state] ?? ''}` }, word('intake_state', state));

export const intakeAddress = (id) => `#/intakes/${id}`;
