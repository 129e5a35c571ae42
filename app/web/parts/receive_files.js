// The certificates that were chosen while a delivery was entered go to its lots once it is booked.

import { get } from '/api.js';
import { attach } from '/parts/lot_files.js';
import { chosenFiles } from '/parts/receive_draft.js';
import { plainly } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';

// The delivery stays booked whatever becomes of its files: answers with those that were not taken, and why.
export async function attachFiles(id, lines) {
    const wanted = lines.filter(({ uid }) => chosenFiles.has(uid));
    if (!wanted.length) return [];
    const failed = [];
    const booked = await get(`/api/v1/receipts/${id}`);
    for (const line of wanted) {
        const file = chosenFiles.get(line.uid);
        const lot = booked.lines.find((one) => one.sku === line.item.sku && one.lot_code === line.lot_code);
        try {
            await attach(`/api/v1/lots/${lot.lot_id}/attachments`, file, 'certificate', `${line.uid}-file`);
        } catch (problem) {
            failed.push(`${file.name}: ${plainly(problem, explain)}`);
        }
    }
    return failed;
}
