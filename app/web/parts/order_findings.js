// What an order's screening found, with the prescriber's answers and who has read them: the critical ones first, the rest on demand.

import { send } from '/api.js';
import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { findingCard } from '/parts/findings.js';
import { OPEN_STATES } from '/parts/order_steps.js';
import { explain } from '/parts/states.js';

export function orderFindings({ order, findings: all, screening }, read) {
    const critical = all.filter((finding) => finding.critical);
    const rest = all.filter((finding) => !finding.critical);
    return [
        screening &&
            el('p', { class: 'quiet' }, t('orders.answered', { n: screening.answered_count, all: screening.critical_count })),
        screening && !screening.stands && OPEN_STATES.includes(order.state) && screenAgain(order, read),
        critical.length > 0 && el('ol', { class: 'findings' }, critical.map(answered)),
        rest.length > 0 &&
            el(
                'details',
                { class: 'rest' },
                el('summary', null, icon('chevron'), t('orders.other_findings', { n: rest.length })),
                el('ol', { class: 'findings' }, rest.map(answered)),
            ),
        !all.length && el('p', null, t('result.clear_title')),
    ];
}

function answered(finding) {
    const card = findingCard(finding);
    if (finding.answer) card.append(answerNode(finding.answer));
    else if (finding.critical) card.append(el('p', { class: 'answer answer-open' }, t('orders.unanswered')));
    return card;
}

// The prescriber's reason, who gave it, and who has read it.
export function answerNode(answer) {
    return el(
        'p',
        { class: 'answer' },
        el('strong', null, answer.reason_english ?? answer.reason),
        answer.note && `: ${answer.note}`,
        el(
            'span',
            { class: 'answer-who' },
            [answer.answered_by, answer.acknowledged_by && t('orders.read_by', { name: answer.acknowledged_by })]
                .filter(Boolean)
                .join(' · '),
        ),
    );
}

// The patient or the rule book changed: what is shown is no more what would be found.
export function screenAgain(order, read) {
    const message = el('span', { class: 'field-error', role: 'alert' });
    const button = el('button', { type: 'button', class: 'btn btn-main btn-small' }, t('orders.screen_again'));
    button.addEventListener('click', async () => {
        button.disabled = true;
        try {
            await send('POST', `/api/v1/orders/${order.id}/screening`);
            await read();
        } catch (problem) {
            button.disabled = false;
            message.textContent = explain(problem);
        }
    });
    return el('p', { class: 'form-message changed-notice' }, t('orders.old_screening'), ' ', button, message);
}
