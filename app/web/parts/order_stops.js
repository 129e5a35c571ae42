// What keeps an order where it stands: holds and questions to its prescriber, with answers and ends; and the forms to place one,
// answer it and let the order go on, each for whoever may.

import { get, send } from '/api.js';
import { el, icon } from '/dom.js';
import { clock, language, t, word } from '/i18n.js';
import { may, person } from '/session.js';
import { field, form, said, selectInput, textArea } from '/parts/form.js';

const STOPPABLE = new Set(['entered', 'short', 'allocated', 'released', 'weighed', 'checked']);
const VERDICTS = ['as_written', 'will_change', 'withdrawn'];

// The coded reasons of one use ('hold'), as [[code, text], …] in the reader's language.
export async function orderReasons(use, signal) {
    const column = { en: 'english', 'zh-Hans': 'zh_hans', 'zh-Hant': 'zh_hant' }[language()];
    const { rows } = await get(`/api/v1/order-reasons?use=${use}`, { signal });
    return rows.map((row) => [row.code, row[column] || row.english]);
}

// The list of stops and, while the order can be stopped, the two forms to stop it. `changed` reads the order anew.
export function orderStops({ order, stops }, holdReasons, changed) {
    const list = stops.map((stop) => stopNode(order, stop, holdReasons, changed));
    const tools = STOPPABLE.has(order.state) && [holdForm(order, holdReasons, changed), askForm(order, changed)];
    return [list.length > 0 && el('ol', { class: 'stops' }, list), tools];
}

function stopNode(order, stop, reasons, changed) {
    const standing = stop.ended_at ? 'ended' : stop.answered_at ? 'answered' : 'open';
    const reason = reasons.find(([code]) => code === stop.reason)?.[1] ?? stop.reason_english;
    return el(
        'li',
        { class: `stop stop-${standing}`, 'data-stop': stop.stop_no },
        el(
            'p',
            null,
            el('span', { class: standing === 'open' ? 'tag tag-warn' : 'tag' }, word('stop_kind', stop.kind)),
            ' ',
            el('span', { class: 'strong' }, reason),
            reason && stop.note && ': ',
            stop.note,
        ),
        by('stop.placed', stop.placed_by, stop.placed_at),
        stop.answered_at && [
            el('p', { class: 'answer' }, el('strong', null, word('verdict', stop.verdict)), `: ${stop.answer}`),
            by('stop.answered', stop.answered_by, stop.answered_at),
        ],
        stop.ended_at
            ? [
                  by(stop.taken_back ? 'stop.taken_back' : 'stop.lifted', stop.ended_by, stop.ended_at),
                  stop.ended_note && el('p', null, stop.ended_note),
              ]
            : open(order, stop, changed),
    );
}

const by = (key, name, at) => el('p', { class: 'quiet' }, t(key, { name, when: clock(new Date(at)) }));

// What can be done about one that is open, by whom.
function open(order, stop, changed) {
    const path = `/api/v1/orders/${order.id}/stops/${stop.stop_no}`;
    const mine = stop.placed_by === person().display_name;
    if (stop.kind === 'query' && !stop.answered_at)
        return [
            may('practitioner', 'pharmacist') && !mine && answerForm(path, changed),
            may('pharmacist') && mine && endForm(path, 'stop.take_back', { taken_back: true }, changed),
        ];
    if (stop.kind === 'query') return may('pharmacist') && endForm(path, 'stop.close', {}, changed);
    return endForm(path, 'stop.lift', {}, changed);
}

function answerForm(path, changed) {
    const fields = [
        field('verdict', 'stop.verdict', selectInput('', VERDICTS.map((one) => [one, word('verdict', one)])), { needed: true }),
        field('answer', 'stop.answer', textArea(''), { needed: true, wide: true }),
    ];
    return tool('stop.answer_it', fields, 'btn-main', async () => {
        await send('POST', `${path}/answer`, said(fields));
        await changed();
    });
}

function endForm(path, key, more, changed) {
    const fields = [field('note', 'stop.why_on', textArea(''), { wide: true })];
    return tool(key, fields, 'btn-quiet', async () => {
        await send('POST', `${path}/end`, { ...said(fields), ...more });
        await changed();
    });
}

function holdForm(order, reasons, changed) {
    const fields = [
        field('reason', 'stop.reason', selectInput('', reasons), { needed: true }),
        field('note', 'work.note', textArea(''), { wide: true }),
    ];
    return tool('stop.hold', fields, 'btn-quiet', async () => {
        await send('POST', `/api/v1/orders/${order.id}/holds`, said(fields));
        await changed();
    });
}

function askForm(order, changed) {
    if (!may('pharmacist')) return null;
    const fields = [field('question', 'stop.question', textArea(''), { needed: true, wide: true })];
    return tool('stop.ask', fields, 'btn-quiet', async () => {
        await send('POST', `/api/v1/orders/${order.id}/queries`, said(fields));
        await changed();
    });
}

// A form behind its name. `say` is what its button says, when not the name; `about` stands above the fields.
export function tool(key, fields, kind, act, { say = key, about } = {}) {
    const button = el('button', { type: 'submit', class: `btn ${kind} btn-small` }, t(say));
    const grid = el(
        'div',
        { class: 'form-grid' },
        fields.map(({ node }) => node),
    );
    return el(
        'details',
        { class: 'rest stop-tool' },
        el('summary', null, icon('chevron'), t(key)),
        form('decide-rule', fields, [button], act, about, grid),
    );
}
