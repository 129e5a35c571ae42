// The state of a lot as a tag.

import { el } from '/dom.js';
import { word } from '/i18n.js';

export const statusTag = (status) =>
    el('span', { class: `tag ${{ released: 'tag-high', recalled: 'tag-stop' }[status] ?? 'tag-warn'}` }, word('lot_status', status));
