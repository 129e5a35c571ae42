// Signing in: a form that password managers understand, errors in plain words beside what they are about.

import { send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { explain } from '/parts/states.js';

// Shows the form in `app`; calls done(session) once somebody is signed in.
export function showSignIn(app, { notice, chooser, done }) {
    const username = textField('username', t('sign_in.username'), {
        autocomplete: 'username',
        autocapitalize: 'none',
        spellcheck: 'false',
    });
    const password = textField('password', t('sign_in.password'), {
        autocomplete: 'current-password',
        type: 'password',
    });
    const caps = el('p', { class: 'field-note', id: 'caps', hidden: true }, t('sign_in.caps'));
    const message = el('p', { class: 'form-message', role: 'alert' }, notice);
    const button = el('button', { type: 'submit', class: 'btn btn-main btn-wide' }, t('sign_in.go'));
    const form = el(
        'form',
        { class: 'sign-in', novalidate: true, on: { submit } },
        el('h1', { class: 'sign-in-title' }, t('sign_in.title')),
        message,
        username.node,
        password.node,
        caps,
        button,
    );

    async function submit(event) {
        event.preventDefault();
        message.textContent = '';
        const missing = [
            complain(password, t('sign_in.empty_password')),
            complain(username, t('sign_in.empty_username')),
        ];
        if (missing.some(Boolean)) {
            (username.input.value ? password : username).input.focus();
            return;
        }
        button.disabled = true;
        button.textContent = t('sign_in.going');
        try {
            done(
                await send(
                    'POST',
                    '/api/v1/session',
                    { username: username.input.value.trim(), password: password.input.value },
                    { quiet401: true },
                ),
            );
        } catch (problem) {
            button.disabled = false;
            button.textContent = t('sign_in.go');
            message.textContent = why(problem);
            password.input.select();
            password.input.focus();
        }
    }

    password.input.addEventListener('keyup', (event) => {
        caps.hidden = !event.getModifierState?.('CapsLock');
    });
    password.input.setAttribute('aria-describedby', 'password-error caps');
    password.frame.append(showButton(password.input));
    document.title = `${t('sign_in.title')} · ${t('app.name')}`;
    replace(app, door(t('sign_in.lead'), form, chooser));
    username.input.focus();
}

// The page before there is a frame around it: our name, a sentence, a form, and what stands below.
export function door(lead, form, ...below) {
    return el(
        'main',
        { class: 'door' },
        el(
            'div',
            { class: 'door-top' },
            el('img', { class: 'seal', src: '/favicon.svg', alt: '', width: '44', height: '44' }),
            el('p', { class: 'door-name' }, t('app.name')),
            el('p', { class: 'door-lead' }, lead),
        ),
        form,
        el('div', { class: 'door-end' }, below),
    );
}

function why(problem) {
    if (problem.status === 401) return t('sign_in.wrong');
    return problem.status === 429 ? t('sign_in.too_many') : explain(problem);
}

function textField(name, label, attributes) {
    const input = el('input', {
        class: 'form-control',
        id: name,
        name,
        type: 'text',
        required: true,
        'aria-describedby': `${name}-error`,
        ...attributes,
    });
    const error = el('p', { class: 'field-error', id: `${name}-error` });
    const frame = el('div', { class: 'input-frame' }, input);
    const field = {
        input,
        error,
        frame,
        node: el('div', { class: 'field' }, el('label', { for: name }, label), frame, error),
    };

    input.addEventListener('input', () => mark(field, ''));
    return field;
}

function mark(field, text) {
    field.error.textContent = text;
    field.input.setAttribute('aria-invalid', String(Boolean(text)));
}

// Marks an empty field and says whether it was empty.
function complain(field, text) {
    const empty = !field.input.value;
    mark(field, empty ? text : '');
    return empty;
}

function showButton(input) {
    const button = el(
        'button',
        { type: 'button', class: 'show-password', 'aria-pressed': 'false', title: t('sign_in.show') },
        icon('eye'),
        el('span', { class: 'visually-hidden' }, t('sign_in.show')),
    );

    button.addEventListener('click', () => {
        const shown = input.type === 'password';
        input.type = shown ? 'text' : 'password';
        button.setAttribute('aria-pressed', String(shown));
        button.title = t(shown ? 'sign_in.hide' : 'sign_in.show');
    });
    return button;
}
