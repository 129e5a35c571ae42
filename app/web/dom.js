// Building the page from elements and text. Text only ever enters as text nodes, so nothing a person typed, and nothing
// the service answered, can become markup.

const SVG = 'http://www.w3.org/2000/svg';

// An element: el('p', { class: 'note', on: { click } }, 'text', child, [children], null). Properties are attributes,
// save `on` (listeners), `value` and `checked` (live properties). true is an empty attribute; false, null, undefined none.
export function el(tag, properties, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties ?? {})) set(node, name, value);
    append(node, children);
    return node;
}

function set(node, name, value) {
    if (name === 'on') {
        for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === 'value' || name === 'checked') {
        node[name] = value;
    } else if (value === true) {
        node.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
        node.setAttribute(name, value);
    }
}

export function append(node, children) {
    for (const child of [children].flat(Infinity))
        if (child !== null && child !== undefined && child !== false && child !== '') node.append(child);
}

export function replace(node, ...children) {
    node.replaceChildren();
    append(node, children);
}

// A picture from icons.svg, hidden from screen readers: the word always stands beside it.
export function icon(name) {
    const svg = document.createElementNS(SVG, 'svg');
    const use = document.createElementNS(SVG, 'use');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', `/icons.svg#${name}`);
    svg.append(use);
    return svg;
}

let lastId = 0;

// An id for tying a label or a description to its element.
export function freshId(stem) {
    lastId += 1;
    return `${stem}-${lastId}`;
}

// Runs `action` once nothing has called the returned function for `ms`.
export function debounce(ms, action) {
    let timer;
    return (...values) => {
        clearTimeout(timer);
        timer = setTimeout(action, ms, ...values);
    };
}
