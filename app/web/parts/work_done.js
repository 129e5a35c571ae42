// Ending a piece of work: what came of it, from the coded list, with a note; the other pieces of the patient that are one's own
// can be ended with the same words.

import { send } from '/api.js';
import { el, freshId } from '/dom.js';
import { t, word } from '/i18n.js';
import { explain } from '/parts/states.js';

// `mine`: the pieces of this course that are one's own, this one among them. Calls ended(ids) when it is done.
export function doneForm(item, mine, outcomes, ended) {
    const id = freshId('outcome');
    const choice = el(
        'select',
        { class: 'select select-small', id, required: true },
        el('option', { value: '' }, t('work.choose')),
        outcomes.map(({ code }) => el('option', { value: code }, word('outcome', code))),
    );
    const note = el('input', {
        type: 'text',
        class: 'form-control form-small',
        maxlength: '1000',
        placeholder: t('work.note'),
        'aria-label': t('work.note'),
    });
    const others = el('input', { type: 'checkbox', class: 'tick' });
    const trouble = el('p', { class: 'field-error', role: 'alert' });
    const button = el('button', { type: 'submit', class: 'btn btn-main btn-small' }, t('work.done'));

    async function submit(event) {
        event.preventDefault();
        trouble.textContent = choice.value ? '' : t('work.choose_first');
        if (!choice.value) {
            choice.focus();
            return;
        }
        button.disabled = true;
        const ids = others.isConnected && others.checked ? mine.map((one) => one.id) : [item.id];
        try {
            for (const one of ids)
                await send('POST', `/api/v1/work-list/${one}/done`, { outcome: choice.value, note: note.value });
            ended(ids);
        } catch (problem) {
            button.disabled = false;
            trouble.textContent = explain(problem);
        }
    }

    return el(
        'form',
        { class: 'work-done', novalidate: true, on: { submit } },
        el('label', { class: 'visually-hidden', for: id }, t('work.outcome')),
        choice,
        note,
        button,
        mine.length > 1 &&
            el('label', { class: 'tick-label' }, others, t('work.others_too', { n: mine.length - 1 })),
        trouble,
    );
}
