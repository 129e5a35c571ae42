// The form in which one chooses another password. The service asks for the present one.

import { send } from '/api.js';
import { el } from '/dom.js';
import { t } from '/i18n.js';
import { field, form, textInput, wrongAt } from '/parts/form.js';

const TOO_MANY = 429;

const secretInput = (use) => textInput('', { type: 'password', autocomplete: use, maxlength: '200' });

// changed(password) is told the new one; `content` stands above the fields. All sessions of hers have ended by then.
export function passwordForm(kind, username, changed, ...content) {
    const old = field('password', 'me.old', secretInput('current-password'), { needed: true });
    const wanted = field('new_password', 'me.new', secretInput('new-password'), { needed: true, help: 'me.rule' });
    const again = field('again', 'me.again', secretInput('new-password'), { needed: true });
    const fields = [old, wanted, again];
    const act = async () => {
        if (wanted.input.value !== again.input.value) throw wrongHere(again, 'me.differs');
        await change(old.input.value, wanted.input.value);
        await changed(wanted.input.value);
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('me.do'));
    // Password managers want to know whose it is.
    const whose = el('input', { type: 'text', class: 'visually-hidden', autocomplete: 'username', value: username, readonly: true, tabindex: '-1', 'aria-hidden': 'true' });
    return form(kind, fields, [button], act, content, whose, el('div', { class: 'form-grid' }, fields.map(({ node }) => node)));
}

// A complaint that does not repeat the password.
function wrongHere(one, key) {
    const problem = wrongAt(one, t(key));
    problem.errors[0].value = null;
    return problem;
}

async function change(password, wanted) {
    try {
        await send('PUT', '/api/v1/session/password', { password, new_password: wanted });
    } catch (problem) {
        if (problem.status === TOO_MANY) Object.assign(problem, { errors: [], message: t('sign_in.too_many') });
        throw problem;
    }
}
