// Which page the address means. Addresses are '#/herbs/dang_gui', so that a reload or a link opens the same page without
// the server knowing any of them.

// routes: [['/herbs/:id', view], …]. Calls show(view, parameters, restore) for the address now and after every change;
// an unknown address gets `missing`. `restore` is where the page was scrolled to when it was last left.
export function startRouter(routes, missing, show) {
    const scrolled = new Map();
    let current = null;

    const go = () => {
        if (location.hash && !location.hash.startsWith('#/')) return;
        if (current !== null) scrolled.set(current, scrollY);
        current = location.hash || '#/';
        const [view, parameters] = find(routes, current) ?? [missing, {}];
        show(view, parameters, scrolled.get(current) ?? 0);
    };

    history.scrollRestoration = 'manual';
    addEventListener('hashchange', go);
    go();
    return go;
}

function find(routes, hash) {
    const [path] = hash.slice(1).split('?');
    const asked = path.split('/').map(decodePart);

    for (const [pattern, view] of routes) {
        const parameters = match(pattern.split('/'), asked);
        if (parameters) return [view, parameters];
    }
    return null;
}

function decodePart(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

function match(pattern, asked) {
    const parameters = {};

    if (pattern.length !== asked.length) return null;
    for (const [i, part] of pattern.entries()) {
        if (part.startsWith(':') && asked[i]) parameters[part.slice(1)] = asked[i];
        else if (part !== asked[i]) return null;
    }
    return parameters;
}

export const herbAddress = (id) => `#/herbs/${encodeURIComponent(id)}`;
export const orderAddress = (id) => `#/orders/${id}`;
export const prescriptionAddress = (id) => `#/prescriptions/${id}`;
export const benchAddress = (id) => `#/bench/${id}`;
export const payAddress = (id) => `#/counter?order=${id}`;
export const formulaAddress = (id) => `#/formulas/${encodeURIComponent(id)}`;
export const evidenceAddress = (kind, key) => `#/evidence/${kind}/${encodeURIComponent(key)}`;
