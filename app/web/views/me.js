// One's own account: who one is here, and another password. The service asks for the old one and ends all one's sessions after.

import { signals } from '/api.js';
import { el } from '/dom.js';
import { t } from '/i18n.js';
import { person } from '/session.js';
import { roleWords } from '/parts/account.js';
import { factList, section } from '/parts/monograph.js';
import { passwordForm } from '/parts/password_form.js';
import { pageHead } from '/parts/pieces.js';

const signInAnew = () => signals.dispatchEvent(new CustomEvent('signed-out', { detail: 'me.changed' }));

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
            section('me.password', passwordForm('decide-rule', username, signInAnew, el('p', { class: 'quiet' }, t('me.about')))),
        ),
    };
}
