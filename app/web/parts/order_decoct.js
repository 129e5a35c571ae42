// Boiling an order in the shop: a scheme and a machine, then what came out of the pot. Figures left empty are the scheme's.

import { get, send } from '/api.js';
import { el } from '/dom.js';
import { clock, language, t } from '/i18n.js';
import { field, form, said, selectInput, textArea, textInput } from '/parts/form.js';
import { offerFocus } from '/parts/pieces.js';
import { explain } from '/parts/states.js';

const PARTS = ['water_ml', 'soak_minutes', 'first_boil_minutes', 'second_boil_minutes'];

export function decoctForm({ order, decoctions }, changed) {
    const running = decoctions.find((run) => !run.ended_at);
    return running ? endForm(order, running, changed) : beginForm(order, changed);
}

const number = (name, key, attributes) =>
    field(name, key, textInput('', { inputmode: 'numeric', maxlength: '6', ...attributes }));

// The figures among what was filled in, as numbers; what is no number is left for the service to name.
function figures(fields, names) {
    const body = said(fields);
    for (const name of names) if (/^\d+$/.test(body[name] ?? '')) body[name] = Number(body[name]);
    return body;
}

function beginForm(order, changed) {
    const place = el('div', { class: 'next-form' });
    const fill = async () => {
        const [schemes, machines] = await Promise.all([get('/api/v1/decoction-schemes'), get('/api/v1/decoction-machines')]);
        const free = machines.rows.filter((machine) => !machine.retired_at && !machine.busy_with);
        place.append(free.length ? beginWith(order, schemes.rows, free, changed) : noMachine(machines.rows));
        offerFocus(place);
    };

    fill().catch((problem) => place.append(el('p', { class: 'form-message' }, explain(problem))));
    return place;
}

function noMachine(machines) {
    const busy = machines.filter((machine) => machine.busy_with);
    return el(
        'p',
        { class: 'form-message' },
        busy.length
            ? t('decoct.all_busy', { orders: busy.map((one) => `${one.code}: #${one.busy_with}`).join(', ') })
            : t('decoct.no_machine'),
    );
}

function beginWith(order, schemes, machines, changed) {
    const column = { en: 'english', 'zh-Hans': 'hanzi', 'zh-Hant': 'hanzi_traditional' }[language()];
    const fields = [
        field('scheme', 'decoct.scheme', selectInput('', schemes.map((one) => [one.id, one[column] || one.english])), { needed: true }),
        field('machine', 'decoct.machine', selectInput('', machines.map((one) => [one.code, `${one.name} (${one.capacity_ml} ml)`])), { needed: true }),
        ...PARTS.map((name) => number(name, `decoct.${name}`, { placeholder: t('decoct.as_scheme') })),
    ];
    const act = async () => {
        await send('POST', `/api/v1/orders/${order.id}/decoctions`, figures(fields, PARTS));
        await changed();
    };
    return decoction('decoct.begin', fields, act);
}

function endForm(order, run, changed) {
    const outcomes = [['done', t('decoct.done')], ['failed', t('decoct.failed')]];
    const fields = [
        field('outcome', 'decoct.outcome', selectInput('done', outcomes), { needed: true }),
        number('bags', 'decoct.bags'),
        number('bag_ml', 'decoct.bag_ml'),
        field('note', 'work.note', textArea(''), { wide: true }),
    ];
    const act = async () => {
        await send('POST', `/api/v1/orders/${order.id}/decoctions/end`, figures(fields, ['bags', 'bag_ml']));
        await changed();
    };
    const since = t('decoct.running', { machine: run.machine, when: clock(new Date(run.started_at)), name: run.started_by, ml: run.water_ml });
    return decoction('decoct.end', fields, act, el('p', null, since));
}

function decoction(key, fields, act, ...content) {
    const grid = el('div', { class: 'form-grid' }, fields.map(({ node }) => node));
    const button = el('button', { type: 'submit', class: 'btn btn-main next-go' }, t(key));
    return form('next-form', fields, [button], act, content, grid);
}
