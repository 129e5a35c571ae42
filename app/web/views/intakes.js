// Prescriptions written elsewhere: those that wait, the reader's own first; or all of a state, newest first.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { ago, day, t, word } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { may } from '/session.js';
import { filterSelect } from '/parts/filters.js';
import { intakeAddress, stateTag, stepOf, whoTakes } from '/parts/intake_steps.js';
import { fresh, pageHead, stackTable, waitingGroup } from '/parts/pieces.js';

const WAITING = 'waiting';
const OPEN = ['received', 'entered', 'queried'];
const STATES = [...OPEN, 'signed', 'rejected'];
const kept = { state: WAITING };

export async function viewIntakes(_, signal) {
    const list = el('div', { class: 'intakes' });
    const ask = async () => {
        const { state } = kept;
        return { state, rows: await rowsOf(state === WAITING ? OPEN : [state], signal) };
    };
    const shown = fresh(list, ask, ({ state, rows }) => replace(list, state === WAITING ? waiting(rows) : rows.length ? table(rows) : nothing('intakes.none')));
    const states = [[WAITING, t('orders.waiting')], ['', t('orders.all')], ...STATES.map((one) => [one, word('intake_state', one)])];
    const receive = may('pharmacist', 'staff') && el('a', { class: 'btn btn-main intake-new', href: '#/intakes/receive' }, icon('plus'), t('intakes.receive'));

    await shown.read();
    readWhen(['change'], shown.readUnlessWriting, signal, about(['intake', 'prescription']));
    return {
        title: t('nav.intakes'),
        focus: () => receive || null,
        node: el(
            'div',
            { class: 'browse' },
            pageHead('nav.intakes', 'intakes.lead', receive),
            el('div', { class: 'browse-tools' }, filterSelect('orders.state', kept, 'state', states, shown.read)),
            list,
        ),
    };
}

async function rowsOf(states, signal) {
    const answers = await Promise.all(states.map((state) => get(`/api/v1/intakes${state && `?state=${state}`}`, { signal })));
    return answers.flatMap(({ rows }) => rows);
}

const nothing = (key) => el('p', { class: 'empty' }, t(key));

function waiting(rows) {
    const open = rows.sort((a, b) => a.id - b.id);
    if (!open.length) return nothing('intakes.nothing_waits');
    const mine = open.filter((row) => whoTakes(stepOf(row), row).may);
    const others = open.filter((row) => !mine.includes(row));
    return [
        waitingGroup('orders.for_you', mine, table, el('p', { class: 'quiet' }, t('intakes.nothing_for_you'))),
        others.length > 0 && waitingGroup('orders.for_others', others, table),
    ];
}

const table = (rows) => stackTable('intakes-table', ['orders.number', 'next.kicker', 'orders.patient', 'intake.prescriber', 'intake.received'], rows.map(row));

function row(intake) {
    const step = stepOf(intake);
    const why = step && whoTakes(step, intake).why;
    return el(
        'tr',
        { 'data-intake': intake.id },
        el('th', { scope: 'row' }, el('a', { href: intakeAddress(intake.id), class: 'row-link' }, `#${intake.id}`)),
        el(
            'td',
            null,
            stateTag(intake),
            step && [' ', el('span', { class: 'strong' }, t(`intake.step_${step}`))],
            why && el('span', { class: 'row-below' }, icon('person'), ' ', why),
        ),
        el('td', null, intake.patient_name, ' ', el('span', { class: 'quiet' }, intake.patient_code)),
        el('td', null, intake.prescriber_name, el('span', { class: 'row-below' }, [word('intake_how', intake.how), day(intake.written_on), intake.number].filter(Boolean).join(' · '))),
        el('td', { class: 'quiet' }, [intake.received_by, ago(new Date(intake.received_at))].join(' · ')),
    );
}
