// A person's account in words and fields: her roles to tick, and a password that was just made, shown this once.

import { el, freshId, icon, replace } from '/dom.js';
import { t, word } from '/i18n.js';
import { copy } from '/parts/copy.js';

const ROLES = ['practitioner', 'pharmacist', 'staff', 'curator', 'admin'];

export const roleWords = (roles) => roles.map((role) => word('staff', role)).join(', ');

export const personAddress = (username) => `#/people/${encodeURIComponent(username)}`;

// A field of a form (parts/form.js) with a box for each role; read() gives those ticked.
export function rolesField(held) {
    const error = el('p', { class: 'field-error', id: freshId('roles-error') });
    const boxes = ROLES.map((role) => el('input', { type: 'checkbox', class: 'tick', name: 'roles', value: role, checked: held.includes(role), 'aria-describedby': error.id }));
    const node = el(
        'fieldset',
        { class: 'field field-wide roles' },
        el('legend', null, t('people.roles')),
        boxes.map((box) => el('label', { class: 'tick-label' }, box, el('span', null, el('span', { class: 'strong' }, word('staff', box.value)), el('span', { class: 'row-below' }, t(`people.may_${box.value}`))))),
        error,
    );
    return { name: 'roles', input: boxes[0], error, node, read: () => boxes.filter(({ checked }) => checked).map(({ value }) => value) };
}

// Where a new password is shown; show(made, name) with what the service answered. An answer that was given before has none.
export function passwordPlace() {
    const node = el('div', { class: 'secret-place', role: 'status' });
    const hide = () => replace(node);
    const show = ({ username, password }, name) => {
        const head = el('h2', { tabindex: '-1' }, t('people.password_of', { name }));
        replace(node, el('div', { class: 'card-box secret' }, head, password ? shown(username, password) : el('p', null, t('people.password_gone')), el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: hide } }, t('people.password_hide'))));
        head.focus();
    };
    return { node, show, hide };
}

function shown(username, password) {
    const button = el('button', { type: 'button', class: 'btn btn-main btn-small' }, icon('copy'), el('span', null, t('result.copy')));
    button.addEventListener('click', async () => {
        const done = await copy(password);
        button.lastChild.textContent = t(done ? 'result.copied' : 'people.copy_by_hand');
    });
    return [
        el('p', null, t('people.password_about', { username })),
        el('p', { class: 'secret-line' }, el('output', { class: 'secret-text', lang: 'en', translate: 'no' }, password), button),
    ];
}
