// Who is signed in, for whatever is shown only to those who may use it. The service decides; this only spares people buttons
// that would be refused.

let current = null;

export const person = () => current;

export function setPerson(session) {
    current = session;
}

export function may(...roles) {
    return roles.some((role) => current?.roles.includes(role));
}
