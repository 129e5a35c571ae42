// Choosing a password of one's own, before anything else, when an administrator had the present one made: two people know that one, and
// the service answers nothing else until then.

import { send } from '/api.js';
import { el, replace } from '/dom.js';
import { t } from '/i18n.js';
import { passwordForm } from '/parts/password_form.js';
import { door } from '/views/sign_in.js';

// Shows the form in `app` for who is signed in; calls done(session) once she has signed in with her own, or signedOut(words) where that
// fails. signOut: she does it another time.
export function showOwnPassword(app, { who, chooser, done, signedOut, signOut }) {
    const goOn = async (password) => {
        try {
            done(await send('POST', '/api/v1/session', { username: who.username, shop: who.shop.slug, password }, { quiet401: true }));
        } catch {
            signedOut(t('me.changed'));
        }
    };
    const form = passwordForm('sign-in own-password', who.username, goOn, el('h1', { class: 'sign-in-title' }, t('me.own_title')), el('p', null, t('me.to_change')));

    document.title = `${t('me.own_title')} · ${t('app.name')}`;
    const leave = el('button', { type: 'button', class: 'btn btn-quiet', on: { click: signOut } }, t('app.sign_out'));
    replace(app, door(who.display_name || who.username, form, chooser, leave));
    form.querySelector('input[name=password]').focus();
}
