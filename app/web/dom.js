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

// Gives a node other children. Whoever had the focus on one of them has it on the same again: what somebody else did may draw a page
// anew between a look at a button and the key that presses it.
export function replace(node, ...children) {
    const held = node.contains(document.activeElement) ? document.activeElement : null;
    const name = held && onlyOne(node, held);
    node.replaceChildren();
    append(node, children);
    if (!held || document.activeElement === held) return;
    const again = node.contains(held) ? held : name && controlsCalled(node, name)[0];
    again?.focus({ preventScroll: true });
}

// Controls that hold nothing of their own: a box that somebody writes in is not exchanged for another.
const PRESSED = 'a, button, summary, input:is([type=checkbox], [type=radio])';

// A link is where it leads; a button of a list belongs to what its row says.
const nameOf = (control) =>
    JSON.stringify([
        control.tagName,
        control.textContent,
        control.getAttribute('href') ?? [control.name, control.value, control.closest('tr, li')?.textContent],
    ]);

const controlsCalled = (node, name) => [...node.querySelectorAll(PRESSED)].filter((one) => nameOf(one) === name);

// The name of the control, if no other there has it.
function onlyOne(node, control) {
    if (!control.matches(PRESSED)) return null;
    const name = nameOf(control);
    return controlsCalled(node, name).length === 1 ? name : null;
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
