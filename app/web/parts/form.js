// Forms for proposals and settings: native elements with a label, a word of help, and a place where the service's complaint
// about that very field appears.

import { append, debounce, el, freshId } from '/dom.js';
import { get, Problem } from '/api.js';
import { isChinese, t } from '/i18n.js';
import { faultText, fieldText } from '/rules.js';
import { known, namesOf } from '/parts/lexicon.js';
import { explain } from '/parts/states.js';

const SUGGEST_AFTER_MS = 150;

const star = () => el('span', { class: 'needed', 'aria-hidden': 'true' }, ' *');

// A field: { name, input, node, error }. Options: help (a string's key), needed, wide; the input is what `control` makes.
export function field(name, labelKey, control, { help, needed = false, wide = false } = {}) {
    const id = freshId(name);
    const error = el('p', { class: 'field-error', id: `${id}-error` });
    const hint = help && el('p', { class: 'field-help', id: `${id}-help` }, t(help));

    control.id = id;
    control.name = name;
    if (needed) control.required = true;
    control.setAttribute('aria-describedby', [hint && hint.id, error.id].filter(Boolean).join(' '));
    const made = {
        name,
        input: control,
        error,
        node: el(
            'div',
            { class: wide ? 'field field-wide' : 'field' },
            el('label', { for: id }, t(labelKey), needed && star()),
            control,
            control.suggestions,
            hint,
            error,
        ),
    };
    control.addEventListener('input', () => complain(made, ''));
    return made;
}

// Whether the field must be filled in, where that depends on another one.
export function need({ input, node }, needed) {
    input.required = needed;
    node.querySelector('.needed')?.remove();
    if (needed) node.querySelector('label').append(star());
}

export const textInput = (value, attributes) =>
    el('input', { type: 'text', class: 'form-control', value: value ?? '', autocomplete: 'off', ...attributes });

export const textArea = (value, attributes) =>
    el('textarea', { class: 'form-control', rows: '2', maxlength: '1000', value: value ?? '', ...attributes });

export const dateInput = (value) => el('input', { type: 'date', class: 'form-control', value: value ?? '' });

// A field that is ticked or not.
export function tickField(name, labelKey, on, options) {
    const made = field(name, labelKey, el('input', { type: 'checkbox', class: 'tick', checked: on }), options);
    made.node.classList.add('field-tick');
    return made;
}

// choices: [[value, text], …].
export function selectInput(value, choices) {
    return el(
        'select',
        { class: 'select' },
        choices.map(([one, text]) => el('option', { value: one, selected: one === (value ?? '') }, text)),
    );
}

// A box for the name of something, with suggestions of the kinds that kinds() gives at that moment.
export function nameInput(value, kinds) {
    const list = el('datalist', { id: freshId('names') });
    const input = textInput(value, { list: list.id, maxlength: '120', spellcheck: 'false' });
    const suggest = debounce(SUGGEST_AFTER_MS, async () => {
        if (!input.value.trim()) return;
        const asked = new URLSearchParams({ q: input.value.trim(), kinds: kinds(), limit: 8 });
        try {
            const { rows } = await get(`/api/v1/names?${asked}`);
            list.replaceChildren(...rows.map(option));
        } catch {
            // Then nothing is suggested.
        }
    });
    input.addEventListener('input', suggest);
    return Object.assign(input, { suggestions: list });
}

function option(row) {
    const full = known(row.kind, row.id);
    const name = full ? namesOf(full) : { first: row.name };
    return el('option', { value: isChinese() ? name.first : (full?.pinyin ?? row.name), label: name.second ?? row.matched });
}

// What was filled in, by name, for sending.
export const said = (fields) =>
    Object.fromEntries(fields.map(({ name, input }) => [name, input.value.trim()]).filter(([, value]) => value));

function complain(one, text) {
    one.error.textContent = text;
    one.input.setAttribute('aria-invalid', String(Boolean(text)));
}

// Puts each complaint of a problem at the field it names and the rest into `message`; the first field complained of is focused.
export function showProblem(problem, fields, message) {
    const rest = [];
    let first = null;

    for (const fault of problem.errors ?? []) {
        const { field: name } = fault;
        const one = fields.find((candidate) => candidate.name === name);
        const text = faultText(fault);
        if (!one || one.node.hidden) rest.push([fieldText(name), text].filter(Boolean).join(': '));
        else {
            complain(one, one.error.textContent ? `${one.error.textContent}; ${text}` : text);
            one.node.closest('details')?.setAttribute('open', '');
            first ??= one;
        }
    }
    message.textContent = rest.length || !problem.errors?.length ? rest.join('; ') || explain(problem) : '';
    (first?.input ?? message).focus();
}

// What is wrong with a field before anybody is asked, as the service would say it.
export const wrongAt = ({ name, input }, rule) => new Problem(422, { errors: [{ field: name, value: input.value.trim(), rule }] });

// A form whose buttons rest while `act` runs; what fails is shown at its field.
export function form(kind, fields, buttons, act, ...content) {
    const message = el('p', { class: 'form-message', role: 'alert', tabindex: '-1' });
    const submit = async (event) => {
        event.preventDefault();
        for (const one of fields) complain(one, '');
        message.textContent = '';
        const missing = fields.filter((one) => one.input.required && !one.node.hidden && !one.input.value.trim());
        for (const one of missing) complain(one, t('form.needed'));
        if (missing.length) {
            missing[0].input.focus();
            return;
        }
        const working = Array.from(event.currentTarget.querySelectorAll('button'));
        for (const button of working) button.disabled = true;
        try {
            await act();
        } catch (problem) {
            showProblem(problem, fields, message);
        } finally {
            for (const button of working) button.disabled = false;
        }
    };
    const node = el('form', { class: kind, novalidate: true, on: { submit } });
    append(node, [content, message, el('div', { class: 'form-buttons' }, buttons)]);
    return node;
}
