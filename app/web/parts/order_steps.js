// Which step an order waits for, who may take it, and why the one who is signed in may not. The service decides; this says it
// beforehand, so that nobody finds out by being refused.

import { t, word } from '/i18n.js';
import { may, person } from '/session.js';

export const OPEN_STATES = ['entered', 'short', 'allocated', 'released', 'weighed', 'checked'];
export const EXITS = ['cancelled', 'rejected', 'wasted'];

const BOTH = ['pharmacist', 'staff'];
const ROLES = {
    allocate: BOTH,
    short: BOTH,
    screen: ['practitioner', 'pharmacist', 'staff'],
    answer: ['practitioner', 'pharmacist'],
    release: ['pharmacist'],
    pick: BOTH,
    identify: BOTH,
    weigh: BOTH,
    decoct: BOTH,
    packets: BOTH,
    label: BOTH,
    check: ['pharmacist'],
    handover: BOTH,
};

// Done at the bench's own page.
export const AT_THE_BENCH = ['pick', 'identify', 'weigh', 'packets'];

export const unread = ({ findings }) => findings.filter(({ critical, answer }) => critical && answer && !answer.acknowledged_by);
const unanswered = ({ findings }) => findings.some(({ critical, answer }) => critical && !answer);

const ranOut = ({ reserved_until: until }) => Boolean(until) && new Date(until) < new Date();

// The step's name, 'stopped' while a hold or a question stands, null when the way is over.
export function nextStep(found) {
    const { order, bench } = found;
    if (!OPEN_STATES.includes(order.state)) return null;
    if (order.stopped) return 'stopped';
    if (order.state === 'entered' || (order.state === 'allocated' && ranOut(order))) return 'allocate';
    if (order.state === 'short') return 'short';
    if (order.state === 'allocated') return toRelease(found);
    if (order.state === 'released') return benchStep(bench);
    if (order.state === 'weighed') return toCheck(found);
    return found.screening?.stands ? 'handover' : 'screen';
}

function toRelease(found) {
    if (!found.screening?.stands) return 'screen';
    return unanswered(found) ? 'answer' : 'release';
}

function benchStep(bench) {
    if (bench.identity_rule === 'choice') return 'weigh';
    if (!bench.picker_id) return 'pick';
    return bench.looked_at < bench.lots ? 'identify' : 'weigh';
}

function toCheck({ order, bench, decoctions }) {
    if (bench.packets_off || bench.packets_done < bench.packets_wanted || (bench.total_wanted && !bench.total_done)) return 'packets';
    if (order.decocts && !decoctions.some(({ outcome }) => outcome === 'done')) return 'decoct';
    return bench.labelled ? 'check' : 'label';
}

// { may, who, why }: who may take the step, in words, and why the reader may not, '' when she may.
export function whoMay(step, found) {
    const roles = ROLES[step] ?? [];
    const other = another(step, found);
    const who = other
        ? t('next.other', { roles: roleWords(roles), name: other.name, did: t(`next.did_${step}`) })
        : t('next.anybody', { roles: roleWords(roles) });
    const why = refusal(step, roles, found, other);
    return { may: !why, who, why };
}

const roleWords = (roles) => roles.map((role) => word('staff', role)).join(t('next.or'));

// Whoever may not take the step because of what she did before it.
function another(step, { order, bench }) {
    if (step === 'identify' && bench.identity_rule === 'second_person' && bench.picker_id)
        return { id: bench.picker_id, name: bench.picked_by };
    if (step === 'check' && order.filler_id) return { id: order.filler_id, name: order.filler_name };
    return null;
}

function refusal(step, roles, { order, bench }, other) {
    if (!may(...roles)) return t('next.not_your_role', { roles: roleWords(roles), yours: roleWords(person().roles) });
    if (other && other.id === person().id && !bench.single_person_mode) return t(`next.not_you_${step}`);
    if (step === 'weigh' && order.filler_id && order.filler_id !== person().id)
        return t('next.filled_by', { name: order.filler_name });
    return '';
}
