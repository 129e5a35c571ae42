// The questions to a prescriber who has no account here: what was asked, and what she said, recorded with who said it and how.

import { send } from '/api.js';
import { el } from '/dom.js';
import { clock, t, word } from '/i18n.js';
import { field, form, said, selectInput, textArea, textInput } from '/parts/form.js';

const VERDICTS = ['as_written', 'will_change', 'withdrawn'];
const WAYS = ['phone', 'fax', 'email', 'letter', 'in_person'];

export function queryList({ queries }) {
    return queries.length > 0 && el('ol', { class: 'stops' }, queries.map(queryNode));
}

const by = (name, at) => el('p', { class: 'quiet' }, t('stop.placed', { name, when: clock(new Date(at)) }));

function queryNode(query) {
    const { verdict } = query;
    return el(
        'li',
        { class: `stop stop-${verdict ? 'ended' : 'open'}`, 'data-query': query.query_no },
        el('p', null, el('span', { class: verdict ? 'tag' : 'tag tag-warn' }, t(query.screening_id ? 'intake.about_findings' : 'intake.about_paper')), ' ', query.question),
        by(query.asked_by, query.asked_at),
        verdict && [
            el('p', { class: 'answer' }, el('strong', null, word('verdict', verdict)), `: ${query.answer}`),
            el('p', { class: 'quiet' }, t('intake.said', { name: query.said_by, how: word('said_how', query.said_how) })),
            by(query.recorded_by, query.recorded_at),
        ],
    );
}

// For the oldest question that waits; the prescriber's own name stands there, for it mostly is she.
export function answerForm({ path, intake, queries, changed }) {
    const query = queries.find(({ verdict }) => !verdict);
    const fields = [
        field('verdict', 'intake.verdict', selectInput('', [['', t('next.choose')], ...VERDICTS.map((one) => [one, word('verdict', one)])]), { needed: true }),
        field('said_by', 'intake.said_by', textInput(intake.prescriber_name, { maxlength: '120' }), { needed: true }),
        field('said_how', 'intake.said_how', selectInput('phone', WAYS.map((one) => [one, word('said_how', one)])), { needed: true }),
        field('answer', 'intake.answer', textArea(''), { needed: true, wide: true }),
    ];
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('intake.do_hear'));
    fields[0].input.classList.add('next-go');
    return [
        el('p', { class: 'strong' }, query.question),
        form('next-form', fields, [button], async () => {
            await send('POST', `${path}/queries/${query.query_no}/answer`, said(fields));
            await changed();
        }, el('div', { class: 'form-grid' }, fields.map(({ node }) => node))),
    ];
}

export function askForm({ path, changed }, isNext) {
    const question = field('question', 'stop.question', textArea(''), { needed: true, wide: true });
    const button = el('button', { type: 'submit', class: isNext ? 'btn btn-main' : 'btn btn-quiet btn-small' }, t('stop.ask'));
    if (isNext) question.input.classList.add('next-go');
    return form('next-form', [question], [button], async () => {
        await send('POST', `${path}/queries`, said([question]));
        await changed();
    }, question.node);
}
