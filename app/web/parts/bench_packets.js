// Packets weighed again before the final check: those the shop wants, all of it too if it wants that; one that is off is put right
// and weighed once more.

import { send } from '/api.js';
import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { handTop } from '/parts/bench_lots.js';
import { goButton } from '/parts/bench_pick.js';
import { takeReading } from '/parts/bench_weigh.js';
import { gramsText, milligrams } from '/parts/grams.js';
import { kept } from '/parts/station.js';

const ALL = 0; // the number of all of it together

export const packets = {
    prompt: () => t('bench.scan_packet'),
    isDone: () => true,
    card: (b) => packetCard(b),
    async take(b, text) {
        const mg = milligrams(text);
        if (mg === null) return b.box.complain(t('bench.no_weight'));
        return weighAgain(b, { weighed_mg: mg });
    },
    async go(b) {
        if (!kept('scale')) return b.box.complain(t('bench.type_packet'));
        const reading = await takeReading(b);
        return weighAgain(b, { reading_id: reading.id });
    },
};

// The last attempt of each packet: packet number → row.
const lastOf = (checks) => new Map(checks.map((row) => [row.packet_no, row]));

// Those that are off first, then spread evenly over all, then the whole.
function nextPacket({ order, bench }, checks) {
    const last = lastOf(checks);
    const off = [...last.values()].find((row) => !row.within);
    if (off) return off.packet_no;
    if (bench.packets_done < bench.packets_wanted) {
        const step = order.packets / bench.packets_wanted;
        const spread = Array.from({ length: bench.packets_wanted }, (_, i) => 1 + Math.floor(i * step));
        const all = [...spread, ...Array.from({ length: order.packets }, (_, i) => i + 1)];
        return all.find((no) => !last.has(no));
    }
    return ALL;
}

function plannedOf(b, no) {
    const weighed = b.rows.reduce((sum, row) => sum + (row.weighed_mg ?? 0), 0);
    return no === ALL ? weighed : Math.floor(weighed / b.found.order.packets);
}

const nameOf = (no) => (no === ALL ? t('bench.all_of_it') : t('bench.packet', { no }));

async function weighAgain(b, weight) {
    const no = b.packet ?? nextPacket(b.found, b.checks);
    const { rows } = await send('POST', `/api/v1/orders/${b.id}/packet-checks`, { checks: [{ packet_no: no, ...weight }] });
    const done = lastOf(rows).get(no);
    b.packet = null;
    await b.read();
    const values = { packet: nameOf(no), mg: gramsText(done.weighed_mg), planned: gramsText(done.planned_mg) };
    return done.within ? b.box.say(t('bench.packet_right', values)) : b.box.complain(t('bench.packet_off', values));
}

function packetCard(b) {
    const { order, bench } = b.found;
    const no = b.packet ?? nextPacket(b.found, b.checks);
    const done = t('bench.packets_to_do', { n: bench.packets_done, all: bench.packets_wanted });
    return el(
        'section',
        { class: 'bench-card card-box', 'aria-label': nameOf(no), 'data-packet': no },
        handTop(nameOf(no), done, plannedOf(b, no), bench.tolerance_permille),
        el('div', { class: 'bench-tools' }, packetField(b, no, order.packets), kept('scale') && goButton(b, 'bench.do_scale')),
        b.checks.length > 0 && el('ul', { class: 'bench-checks' }, b.checks.map(checkRow)),
    );
}

function packetField(b, no, count) {
    const choices = [...Array.from({ length: count }, (_, i) => i + 1), ALL];
    const select = el(
        'select',
        { class: 'select', on: { change: () => choose() } },
        choices.map((one) => el('option', { value: one, selected: one === no }, nameOf(one))),
    );
    const choose = () => {
        b.packet = Number(select.value);
        b.draw();
        b.box.input.focus();
    };
    return el('label', { class: 'bench-packet' }, el('span', null, t('bench.which_packet')), select);
}

function checkRow(row) {
    return el(
        'li',
        { class: row.within ? '' : 'check-off' },
        icon(row.within ? 'check' : 'major'),
        ` ${nameOf(row.packet_no)}: ${gramsText(row.weighed_mg)} `,
        el('span', { class: 'quiet' }, row.checked_by),
    );
}
