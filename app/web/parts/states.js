// What a page shows when there is nothing to show: failures in plain words, with a way on.

import { el, icon } from '/dom.js';
import { t } from '/i18n.js';

// A problem as a sentence. What the service said is for the person when it is about what they did.
export function explain(problem) {
    if (problem.code === 'unreachable') return t('fail.unreachable');
    if (problem.status === 503) return t('fail.busy');
    if (problem.status >= 500 || problem.status === undefined)
        return t('fail.internal', { trace: problem.trace ?? '–' });
    return problem.message;
}

export function failure(problem, again) {
    return el(
        'div',
        { class: 'alone', role: 'alert' },
        el('p', { class: 'alone-icon' }, icon('down')),
        el('p', { class: 'lead' }, explain(problem)),
        el('p', null, el('button', { type: 'button', class: 'btn btn-main', on: { click: again } }, t('app.retry'))),
    );
}
