// The call list of a recall: for each patient a number, what they got, and one press for what came of the call. Another press puts a
// wrong one right; both stay on record.

import { send } from '/api.js';
import { el, icon } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { amountOf } from '/parts/count_words.js';
import { chip } from '/parts/filters.js';
import { orderLink } from '/parts/trace_pieces.js';
import { plainName } from '/parts/stock_pieces.js';
import { explain } from '/parts/states.js';

const OUTCOMES = ['reached', 'no_answer', 'called', 'returned', 'used_up', 'refused'];
const REACHED = ['reached', 'returned', 'used_up', 'refused'];
const kept = { open: false };

export const isReached = ({ status }) => REACHED.includes(status);

const wordOf = (status) => word('call', status.replaceAll(' ', '_'));

export function callList(r, patients) {
    const known = patients.filter(({ patient_id: id }) => id !== null);
    const unknown = patients.find(({ patient_id: id }) => id === null);
    if (!patients.length) return el('p', { class: 'empty' }, t('recall.nobody'));
    const shown = kept.open ? known.filter((one) => !isReached(one)) : known;
    return [
        el('p', { class: 'scan-said call-said', role: 'status' }, r.said),
        known.length > 3 && el('div', { class: 'browse-tools' }, chip('recall.to_call_only', kept, 'open', () => r.read())),
        known.length > 0 && !shown.length && el('p', { class: 'bench-accepted' }, icon('check'), ' ', t('recall.all_called')),
        el('ol', { class: 'calls' }, shown.map((one) => callCard(r, one))),
        unknown && unknownCard(unknown),
    ];
}

function callCard(r, one) {
    const done = isReached(one);
    return el(
        'li',
        { class: `card-box call ${done ? 'call-done' : ''}`, 'data-patient': one.patient_code },
        el(
            'div',
            { class: 'call-who' },
            el('h3', null, one.patient_name, one.name_hanzi && ` ${one.name_hanzi}`, ' ', el('span', { class: 'quiet' }, one.patient_code)),
            el('p', { class: 'call-phone' }, one.phone ? el('a', { href: `tel:${one.phone.replace(/[^+\d]/g, '')}` }, one.phone) : el('span', { class: 'tag tag-warn' }, t('recall.no_phone'))),
            el('p', null, statusTag(one), one.language && el('span', { class: 'quiet' }, ' ', t('recall.speaks', { language: word('language', one.language) }))),
            one.called_at && el('p', { class: 'quiet' }, [t('recall.last', { what: wordOf(one.status), name: one.called_by, when: clock(new Date(one.called_at)) }), one.call_note].filter(Boolean).join(' · ')),
        ),
        givenList(one),
        !r.found.recall.ended_at && outcomes(r, one),
    );
}

function statusTag(one) {
    const kind = isReached(one) ? 'tag-high' : one.status === 'to call' ? 'tag-stop' : 'tag-warn';
    return el('span', { class: `tag ${kind} call-status` }, wordOf(one.status));
}

const GIVEN = { order: 'given.order', 'waiting order': 'given.waiting', sale: 'given.sale' };

function givenList({ given }) {
    return el(
        'ul',
        { class: 'link-list call-given' },
        given.map((one) =>
            el(
                'li',
                null,
                el('span', null, t(GIVEN[one.kind]), ' ', one.kind === 'sale' ? `#${one.id}` : orderLink(one.id), ` · ${plainName(one)} · `, el('span', { class: 'lot-code' }, one.lot_code)),
                el('span', { class: 'quiet' }, `${amountOf(one, one.quantity)} · ${day(one.at)}`),
            ),
        ),
    );
}

// The note goes with whichever is pressed.
function outcomes(r, one) {
    const note = el('input', { type: 'text', class: 'form-control form-small', maxlength: '500', placeholder: t('call.note'), 'aria-label': t('call.note'), autocomplete: 'off' });
    const message = el('p', { class: 'field-error', role: 'alert' });
    const press = async (status, button) => {
        button.disabled = true;
        try {
            await send('POST', `${r.path}/patients/${one.patient_id}/calls`, { status, ...(note.value.trim() && { note: note.value.trim() }) });
            r.said = t('recall.noted', { patient: one.patient_name, what: wordOf(status) });
            const next = button.closest('.call').nextElementSibling?.dataset.patient;
            await r.read();
            goOn(next);
        } catch (problem) {
            message.textContent = explain(problem);
            button.disabled = false;
        }
    };
    return el(
        'form',
        { class: 'call-outcomes', on: { submit: (event) => event.preventDefault() } },
        OUTCOMES.map((status) => {
            const kind = status === 'reached' && !isReached(one) ? 'btn-main' : 'btn-quiet';
            const button = el('button', { type: 'button', class: `btn ${kind}`, 'aria-pressed': String(one.status === status) }, wordOf(status));
            button.addEventListener('click', () => press(status, button));
            return button;
        }),
        note,
        message,
    );
}

// The next one on the list has the focus then; behind the last one the first that is still to call.
function goOn(next) {
    const card = document.querySelector(`.call[data-patient="${CSS.escape(next ?? '')}"]`) ?? document.querySelector('.call:not(.call-done)');
    card?.querySelector('.btn')?.focus();
}

function unknownCard(one) {
    return el(
        'section',
        { class: 'card-box call call-unknown' },
        el('div', { class: 'call-who' }, el('h3', null, t('recall.unknown')), el('p', { class: 'quiet' }, t('recall.unknown_about'))),
        givenList(one),
    );
}
