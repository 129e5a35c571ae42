// One's own account: who one is here, and another password. The service asks for the old one and ends all one's sessions after.

import { send, signals } from '/api.js';
import { el } from '/dom.js';
import { t } from '/i18n.js';
import { person } from '/session.js';
import { roleWords } from '/parts/account.js';
import { field, form, textInput, wrongAt } from '/parts/form.js';
import { factList, section } from '/parts/monograph.js';
import { pageHead } from '/parts/pieces.js';

const TOO_MANY = 429;

const secretInput = (use) => textInput('', { type: 'password', autocomplete: use, maxlength: '200' });

export async function viewMe() {
    const { display_name: name, username, roles, shop } = person();
    return {
        title: t('me.title'),
        node: el(
            'div',
            { class: 'browse keeping' },
            pageHead('me.title'),
            factList(
                [
                    ['people.name', name],
                    ['sign_in.username', username],
                    ['people.roles', roleWords(roles) || t('people.no_role')],
                    ['shop.title', shop?.name],
                ],
                'property-strip',
            ),
            section('me.password', passwordForm(username)),
        ),
    };
}

function passwordForm(username) {
    const old = field('password', 'me.old', secretInput('current-password'), { needed: true });
    const wanted = field('new_password', 'me.new', secretInput('new-password'), { needed: true, help: 'me.rule' });
    const again = field('again', 'me.again', secretInput('new-password'), { needed: true });
    const fields = [old, wanted, again];
    const act = async () => {
        if (wanted.input.value !== again.input.value) throw wrongHere(again, 'me.differs');
        await change(old.input.value, wanted.input.value);
        signals.dispatchEvent(new CustomEvent('signed-out', { detail: 'me.changed' }));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('me.do'));
    // Password managers want to know whose it is.
    const whose = el('input', { type: 'text', class: 'visually-hidden', autocomplete: 'username', value: username, readonly: true, tabindex: '-1', 'aria-hidden': 'true' });
    return form('decide-rule', fields, [button], act, el('p', { class: 'quiet' }, t('me.about')), whose, el('div', { class: 'form-grid' }, fields.map(({ node }) => node)));
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
